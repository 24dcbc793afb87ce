/** TikTok's live rooms: of live pages, of the answers about one room, and where lists of posts have one among them. */
import type { LiveFields } from '../core/record-defaults.ts';
import { makeLive, type Reading, type Readings } from '../core/record-factory.ts';
import type { AnyRecord } from '../core/record.ts';
import type { LiveRecord } from '../core/record-kinds.ts';
import { definePayload, originOf, type PayloadContext } from './payload.ts';
import {
  absent,
  at,
  countOf,
  dataOf,
  digitsOf,
  firstOf,
  handleOf,
  isObject,
  type JsonObject,
  listOf,
  nameOf,
  numberOf,
  positiveOf,
  secondsOf,
  valueOf,
} from './reading.ts';
import { tiktokStatus } from './tiktok-status.ts';

/** 2 is live, 4 is off the air (live pages of 2025 and 2026). */
function statusOf(value: unknown): Reading<LiveRecord['status']> {
  const status = numberOf(value);
  if ('missing' in status) return status;
  if (status.value === 2) return { value: 'live' };
  return status.value === 4 ? { value: 'ended' } : absent;
}

interface Room {
  readonly raw: JsonObject;
  readonly readings: Readings<LiveFields>;
}

/** Nobody watches a room that is off the air: its 0 is no figure. */
function room(raw: JsonObject, readings: Readings<LiveFields>): Room {
  const isOff = valueOf(readings.status ?? absent) === 'ended';
  return { raw, readings: isOff ? { ...readings, viewer_count: absent } : readings };
}

/** `{user, liveRoom, stats}`: live pages, and `/api-live/user/room/`. */
function ofUserInfo(info: JsonObject): Room {
  const user = info['user'];
  const live = info['liveRoom'];
  return room(info, {
    live_id: handleOf(at(user, 'uniqueId')),
    room_id: firstOf(digitsOf(at(user, 'roomId')), digitsOf(at(live, 'roomId'))),
    title: nameOf(at(live, 'title')),
    author_id: digitsOf(at(user, 'id')),
    author_handle: handleOf(at(user, 'uniqueId')),
    author_name: nameOf(at(user, 'nickname')),
    status: firstOf(statusOf(at(live, 'status')), statusOf(at(user, 'status'))),
    viewer_count: countOf(at(live, 'liveRoomStats', 'userCount')),
    total_viewer_count: countOf(at(live, 'liveRoomStats', 'enterCount')),
    like_count: countOf(at(live, 'liveRoomStats', 'likeCount')),
    started_at: secondsOf(at(live, 'startTime')),
  });
}

/** `/webcast/room/info/`. `id` is a bare number beside its text. */
function ofWebcast(data: JsonObject): Room {
  const owner = data['owner'];
  return room(data, {
    live_id: handleOf(at(owner, 'display_id')),
    room_id: firstOf(digitsOf(data['id_str']), digitsOf(data['id'])),
    title: nameOf(data['title']),
    author_id: firstOf(digitsOf(at(owner, 'id_str')), digitsOf(at(owner, 'id'))),
    author_handle: handleOf(at(owner, 'display_id')),
    author_name: nameOf(at(owner, 'nickname')),
    status: statusOf(data['status']),
    viewer_count: countOf(data['user_count']),
    total_viewer_count: countOf(at(data, 'stats', 'total_user')),
    like_count: firstOf(countOf(data['like_count']), countOf(at(data, 'stats', 'like_count'))),
    started_at: firstOf(secondsOf(data['start_time']), secondsOf(data['create_time'])),
  });
}

/** An entry of a list that is a live room, none was ever captured; its names are those of the live pages. */
function ofItem(item: JsonObject): Room {
  const info = item['liveRoomInfo'];
  const owners = [at(info, 'ownerInfo'), at(info, 'owner'), item['author']];
  const owner = owners.find((candidate) => isObject(candidate));
  const figures = at(info, 'liveRoomStats') ?? at(info, 'stats');
  const handle = firstOf(handleOf(at(owner, 'uniqueId')), handleOf(at(owner, 'display_id')));
  return room(item, {
    live_id: handle,
    room_id: firstOf(
      ...['roomId', 'roomID', 'room_id', 'id_str', 'id'].map((name) => digitsOf(at(info, name))),
      digitsOf(at(owner, 'roomId')),
    ),
    title: nameOf(at(info, 'title')),
    author_id: digitsOf(at(owner, 'id')),
    author_handle: handle,
    author_name: nameOf(at(owner, 'nickname')),
    status: statusOf(at(info, 'status')),
    viewer_count: firstOf(countOf(at(figures, 'userCount')), countOf(at(info, 'userCount'))),
    total_viewer_count: firstOf(countOf(at(figures, 'enterCount')), countOf(at(figures, 'totalUser'))),
    like_count: countOf(at(figures, 'likeCount')),
    started_at: firstOf(secondsOf(at(info, 'startTime')), secondsOf(at(info, 'createTime'))),
  });
}

function isUserInfo(json: unknown): json is JsonObject {
  return isObject(json) && isObject(json['user']) && isObject(json['liveRoom']);
}

function isWebcast(json: unknown): json is JsonObject {
  return isObject(json) && isObject(json['owner']) && typeof at(json, 'owner', 'display_id') === 'string';
}

/** The entries of lists and searches that are live rooms. */
function liveItems(json: unknown): readonly JsonObject[] {
  const lists = ['itemList', 'item_list', 'data'].map((name) => listOf(at(json, name)));
  const updated = listOf(at(json, '__DEFAULT_SCOPE__', 'webapp.updated-items'));
  return [...(Array.isArray(json) ? json : []), ...lists.flat(), ...updated]
    .map((entry) => (isObject(at(entry, 'item')) ? at(entry, 'item') : entry))
    .filter((item) => isObject(item))
    .filter((item) => isObject(item['liveRoomInfo']));
}

function roomsIn(json: unknown): readonly Room[] {
  const data = dataOf(json);
  const own = [at(json, 'LiveRoom', 'liveRoomUserInfo'), data, at(json, 'LiveRoomInfo')];
  return [
    ...own.filter(isUserInfo).map(ofUserInfo),
    ...own.filter(isWebcast).map(ofWebcast),
    ...liveItems(json).map(ofItem),
  ];
}

function readRooms(json: unknown, context: PayloadContext): readonly AnyRecord[] {
  const answeredAt = valueOf(positiveOf(at(json, 'extra', 'now')));
  return roomsIn(json)
    .map(({ raw, readings }) => makeLive(originOf(context, 'tiktok', 'liveRoomStats', answeredAt, raw), 'ok', readings))
    .filter((record) => record !== null);
}

export const tiktokLive = definePayload({
  id: 'tiktok-live',
  recognises: (json) => isObject(at(json, 'LiveRoom')) || roomsIn(json).length > 0,
  read: readRooms,
  status: tiktokStatus,
});
