/**
 * What 4CAT needs of an item, field by field, after the format document (4CAT 227bead of 2026-08-19, measured by taking
 * each key away and by making it null), and the envelope in which Zeeschuimer 1.14.2 writes it.
 */

type Json = Record<string, unknown>;

/** `unmappable`: the item is kept, but no row is made of it. `fatal`: the import of the whole file fails. */
export type Verdict = 'unmappable' | 'fatal';

interface Rule {
  /** Names joined with dots; `[]` stands for every element of a list. */
  path: string;
  missing?: Verdict;
  isNull?: Verdict;
  /** What it must be where it is there. */
  is?: 'list' | 'time';
}

const needed = (...paths: string[]): Rule[] => paths.map((path) => ({ path, missing: 'unmappable' as const }));
const notNull = (...paths: string[]): Rule[] => paths.map((path) => ({ path, isNull: 'fatal' as const }));
const neededNotNull = (...paths: string[]): Rule[] =>
  paths.map((path) => ({ path, missing: 'unmappable' as const, isNull: 'fatal' as const }));
const fatalWithout = (...paths: string[]): Rule[] =>
  paths.map((path) => ({ path, missing: 'fatal' as const, isNull: 'fatal' as const }));
const lists = (...paths: string[]): Rule[] =>
  paths.map((path) => ({ path, isNull: 'fatal' as const, is: 'list' as const }));
const time = (path: string): Rule => ({ path, missing: 'unmappable', isNull: 'fatal', is: 'time' });

const tiktok: Rule[] = [
  ...needed('id', 'desc', 'music.title', 'music.id'),
  ...needed('stats.diggCount', 'stats.commentCount', 'stats.shareCount', 'stats.playCount'),
  ...neededNotNull('video', 'stats', 'music'),
  time('createTime'),
  ...notNull('authorStats'),
  ...lists('stickersOnItem', 'textExtra', 'challenges', 'effectStickers', 'warnInfo', 'video.shareCover'),
  ...needed('stickersOnItem.[].stickerText', 'challenges.[].title', 'effectStickers.[].name'),
];
const tiktokAuthor: Rule[] = needed('author.uniqueId', 'author.nickname');

const tiktokComment: Rule[] = [
  ...needed('cid', 'aweme_id', 'reply_id', 'user', 'user.uid', 'text', 'digg_count'),
  ...needed('share_info.url', 'share_info.title', 'stick_position', 'comment_language'),
  ...neededNotNull('share_info'),
  time('create_time'),
  ...notNull('user.avatar_thumb'),
];

const douyin: Rule[] = [
  ...needed('aweme_id', 'group_id', 'desc', 'text_extra', 'video_tag', 'author'),
  ...needed('author.nickname', 'author.sec_uid'),
  ...neededNotNull('author.avatar_thumb'),
  time('create_time'),
  ...fatalWithout('video', 'statistics'),
  ...notNull('video.cover', 'music.play_url', 'cell_room'),
];

const douyinEmbedded: Rule[] = [
  ...needed('awemeId', 'groupId', 'desc', 'textExtra', 'videoTag', 'authorInfo', 'download', 'download.prevent'),
  ...needed('authorInfo.nickname', 'authorInfo.secUid'),
  ...neededNotNull('authorInfo.avatarThumb'),
  time('createTime'),
  ...fatalWithout('video', 'stats'),
];

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The values under a path: undefined for a key that is not there; nothing where what holds it is not there either. */
function valuesAt(value: unknown, [name, ...rest]: string[]): unknown[] {
  if (name === undefined) return [value];
  if (name === '[]') return Array.isArray(value) ? value.flatMap((element) => valuesAt(element, rest)) : [];
  if (!isObject(value)) return [];
  return Object.hasOwn(value, name) ? valuesAt(value[name], rest) : rest.length === 0 ? [undefined] : [];
}

function isTime(value: unknown): boolean {
  return (typeof value === 'number' || typeof value === 'string') && value !== '' && Number.isFinite(Number(value));
}

function rulesOf(platform: string, item: Json): Rule[] {
  if (platform === 'tiktok-comments') return tiktokComment;
  if (platform === 'tiktok.com') return isObject(item['author']) ? [...tiktok, ...tiktokAuthor] : tiktok;
  const isStream = item['rawdata'] !== undefined || valuesAt(item, ['cell_room', 'rawdata']).some(Boolean);
  // A broadcast is read from its own text, for which the document has no measured rules.
  if (isStream) return notNull('cell_room');
  return item['ZS_collected_from_embed'] === true ? douyinEmbedded : douyin;
}

/** What breaks which rule of 4CAT's, worst first. */
export function problemsOf(platform: string, item: Json): { verdict: Verdict; problem: string }[] {
  const found = rulesOf(platform, item).flatMap((rule) =>
    valuesAt(item, rule.path.split('.')).flatMap((value): { verdict: Verdict; problem: string }[] => {
      if (value === undefined)
        return rule.missing ? [{ verdict: rule.missing, problem: `${rule.path} is missing` }] : [];
      if (value === null) return rule.isNull ? [{ verdict: rule.isNull, problem: `${rule.path} is null` }] : [];
      if (rule.is === 'list' && !Array.isArray(value))
        return [{ verdict: 'fatal', problem: `${rule.path} is no list` }];
      if (rule.is === 'time' && !isTime(value)) return [{ verdict: 'fatal', problem: `${rule.path} is no time` }];
      return [];
    }),
  );
  return found.sort((a, b) => Number(b.verdict === 'fatal') - Number(a.verdict === 'fatal'));
}

const envelope: [name: string, type: 'string' | 'integer' | 'object'][] = [
  ['nav_index', 'string'],
  ['item_id', 'string'],
  ['timestamp_collected', 'integer'],
  ['last_updated', 'integer'],
  ['source_platform', 'string'],
  ['source_platform_url', 'string'],
  ['source_url', 'string'],
  ['user_agent', 'string'],
  ['data', 'object'],
  ['id', 'integer'],
];

/** What is not as Zeeschuimer writes a line: names, their order, types, and the id that the item and its envelope share. */
export function envelopeProblems(platform: string, line: Json): string[] {
  const names = Object.keys(line);
  const wanted = envelope.map(([name]) => name);
  const order = names.join() === wanted.join() ? [] : [`the keys are ${names.join()}`];
  const types = envelope.flatMap(([name, type]) => {
    const value = line[name];
    const fits =
      type === 'string' ? typeof value === 'string' : type === 'integer' ? Number.isInteger(value) : isObject(value);
    return fits ? [] : [`${name} is no ${type}`];
  });
  const { data, item_id: id, nav_index: index } = line;
  return [
    ...order,
    ...types,
    ...(line['source_platform'] === platform ? [] : [`source_platform is ${String(line['source_platform'])}`]),
    ...(isObject(data) && data['id'] === id ? [] : ['data.id is not item_id']),
    ...(typeof index === 'string' && /^\d+:-?\d+:(?:\d+|NaN)$/.test(index) ? [] : [`nav_index is ${String(index)}`]),
  ];
}
