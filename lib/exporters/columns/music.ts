/** One row per sound. */
import type { MusicRecord } from '../../core/record-kinds.ts';
import { type Column, ownColumn as own } from './column.ts';
import { figureColumns } from './figures.ts';
import { identityColumn, provenanceColumns } from './provenance.ts';
import { durationColumn } from './times.ts';

/** What a post and a sound say of the same under different names. */
export const musicWords = {
  id: ['Id of the sound.', '音乐 ID。'],
  title: [
    'Title of the sound; of an original sound only where personal data was chosen, since it names whose it is.',
    '音乐标题；原声的标题含有上传者名称，仅在选择个人数据时写出。',
  ],
  author: ['Author of the sound; for an original sound the name of its uploader.', '音乐作者；原声则为上传者昵称。'],
  isOriginal: ['Whether it is an original sound.', '是否为原声。'],
  duration: ['Length of the sound in seconds.', '音乐时长（秒）。'],
  album: ['Album of the sound.', '音乐专辑。'],
  url: ['Address of the sound. It expires.', '音乐地址。会失效。'],
} as const;

export const musicColumns: readonly Column<MusicRecord>[] = [
  identityColumn,
  own('music_id', 'string', ...musicWords.id),
  own('title', 'string', ...musicWords.title),
  own('author', 'string', ...musicWords.author, { personal: true }),
  own('is_original', 'boolean', ...musicWords.isOriginal),
  durationColumn,
  own('album', 'string', ...musicWords.album),
  own('post_count', 'integer', 'Posts with the sound.', '使用该音乐的作品数。'),
  own('music_url', 'string', ...musicWords.url),
  ...figureColumns,
  ...provenanceColumns,
];
