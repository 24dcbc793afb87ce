/** The items that Zeeschuimer's modules for our platforms capture, as records; the item itself comes first. */
import type { AnyRecord } from '../core/record.ts';
import { aweme } from '../payloads/aweme.ts';
import { comments } from '../payloads/comments.ts';
import { awemeFromCamel, snakeNames } from '../payloads/douyin-camel.ts';
import { readRoom } from '../payloads/douyin-room.ts';
import type { PayloadContext } from '../payloads/payload.ts';
import { at, digitsOf, firstPostId, type JsonObject, objectOf, valueOf } from '../payloads/reading.ts';
import { tiktokWebItem } from '../payloads/tiktok-web-item.ts';

/** Reads one item. Empty: nothing in it has an id of its own. Never throws. */
export type ItemReader = (data: JsonObject, context: PayloadContext) => readonly AnyRecord[];

/** The records where the item that was asked for is among them, which comes first; else none. */
function withItem(records: readonly AnyRecord[], isItem: (record: AnyRecord) => boolean): readonly AnyRecord[] {
  const item = records.find(isItem);
  return item ? [item, ...records.filter((record) => record !== item)] : [];
}

function isPost(id: string | null): (record: AnyRecord) => boolean {
  return (record) => record.record_type === 'post' && record.post_id === id;
}

const tiktokPost: ItemReader = (data, context) => {
  const records = tiktokWebItem.read({ itemList: [data] }, { ...context, platform: 'tiktok' });
  return withItem(records, isPost(firstPostId(data['id'])));
};

const tiktokComment: ItemReader = (data, context) => {
  const records = comments.read({ comments: [data] }, { ...context, platform: 'tiktok' });
  const id = valueOf(digitsOf(data['cid']));
  return withItem(records, (record) => record.record_type === 'comment' && record.comment_id === id);
};

/** The live room that an item announces: JSON in a text (`rawdata`, `cell_room`), or an object where a page embedded it. */
function roomOf(data: JsonObject): JsonObject | null {
  const places = [data['rawdata'], at(data, 'cell_room', 'rawdata'), at(data, 'cellRoom', 'rawdata')];
  return places.map(objectOf).find((room) => room !== null) ?? null;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** What the item leaves open is said by its room. */
function withRoom(item: JsonObject, id: string, room: JsonObject): JsonObject {
  const said = Object.fromEntries(Object.entries(item).filter(([, value]) => !isEmpty(value)));
  const { title: desc, create_time, owner: author } = room;
  // 101 is how Douyin calls a live room among posts.
  return { desc, create_time, author, ...said, aweme_id: id, aweme_type: 101 };
}

const douyinPost: ItemReader = (data, given) => {
  const context: PayloadContext = { ...given, platform: 'douyin' };
  const id = firstPostId(data['aweme_id'], data['awemeId']);
  if (id === null) return [];
  const room = roomOf(data);
  const item = awemeFromCamel(data) ?? snakeNames(data) ?? data;
  const records = aweme.read({ aweme_list: [room ? withRoom(item, id, room) : item] }, context);
  const live = room ? readRoom(room, undefined, context) : [];
  return withItem([...records, ...live], isPost(id));
};

/** By the name of the module that captured them. */
export const zeeschuimerItems: Readonly<Record<string, ItemReader>> = {
  'tiktok.com': tiktokPost,
  'tiktok-comments': tiktokComment,
  'douyin.com': douyinPost,
};
