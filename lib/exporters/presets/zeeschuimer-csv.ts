import { fourCatDouyinPosts } from './four-cat-douyin.ts';
import { fourCatTiktokPosts, zeeschuimerComments } from './four-cat-tiktok.ts';
import { definePreset } from './preset.ts';

/** Zeeschuimer's CSV. What 4CAT imports is its NDJSON, a format of its own here: see ../zeeschuimer.ts. */
export const zeeschuimerCsv = definePreset({
  id: 'zeeschuimer-csv',
  label: 'preset_zeeschuimer_csv',
  hint: 'preset_zeeschuimer_csv_hint',
  source: 'Zeeschuimer 1.14.2 (ffa2781, 2026-06-30): map_item of modules/tiktok.js, tiktok-comments.js, douyin.js',
  isOfOnePlatform: true,
  columns: (table, platform) => {
    if (table === 'post') return platform === 'douyin' ? fourCatDouyinPosts : fourCatTiktokPosts;
    return table === 'comment' && platform !== 'douyin' ? zeeschuimerComments : null;
  },
});
