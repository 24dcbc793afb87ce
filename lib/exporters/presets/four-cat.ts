import { fourCatDouyinPosts } from './four-cat-douyin.ts';
import { fourCatComments, fourCatTiktokPosts } from './four-cat-tiktok.ts';
import { definePreset } from './preset.ts';

/** The columns that 4CAT makes of an item; `missing_fields`, which it adds to a file on download, is not among them. */
export const fourCat = definePreset({
  id: 'four-cat',
  label: 'preset_four_cat',
  hint: 'preset_four_cat_hint',
  source:
    '4CAT 1.56 (227bead, 2026-08-19): datasources/tiktok/search_tiktok.py, tiktok_comments/search_tiktok_comments.py, douyin/search_douyin.py',
  isOfOnePlatform: true,
  columns: (table, platform) => {
    if (table === 'post') return platform === 'douyin' ? fourCatDouyinPosts : fourCatTiktokPosts;
    return table === 'comment' && platform !== 'douyin' ? fourCatComments : null;
  },
});
