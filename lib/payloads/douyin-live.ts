/** A live room that an answer is about: `webcast/room/web/enter/` (`data.data[0]`, its owner in `data.user`). */
import { readRoom } from './douyin-room.ts';
import { douyinStatus } from './douyin-status.ts';
import { definePayload } from './payload.ts';
import { at, digitsOf, isObject, type JsonObject } from './reading.ts';

/** What the room itself leaves out stands beside it. */
function roomOf(json: unknown): { readonly room: JsonObject; readonly raw: JsonObject } | null {
  const data = at(json, 'data');
  const room = at(data, 'data', 0);
  const isRoom = isObject(room) && 'value' in digitsOf(room['id_str']) && room['aweme_id'] === undefined;
  if (!isRoom || (room['status'] === undefined && room['owner'] === undefined)) return null;
  const owner = isObject(room['owner']) ? room['owner'] : at(data, 'user');
  return { room: { web_rid: at(data, 'web_rid'), ...room, owner }, raw: room };
}

export const douyinLive = definePayload({
  id: 'douyin-live',
  recognises: (json) => roomOf(json) !== null,
  read: (json, context) => {
    const found = roomOf(json);
    return found === null ? [] : readRoom(found.room, found.raw, context);
  },
  status: douyinStatus,
});
