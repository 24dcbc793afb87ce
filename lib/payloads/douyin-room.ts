/** Live rooms of Douyin, as answers and pages give them. Fields by public programs (2026-08); none was captured. */
import { makeLive, type Reading } from '../core/record-factory.ts';
import type { LiveRecord } from '../core/record-kinds.ts';
import type { AnyRecord } from '../core/record.ts';
import { originOf, type PayloadContext } from './payload.ts';
import { absent, at, countOf, digitsOf, firstOf, known, nameOf, numberOf, secondsOf, valueOf } from './reading.ts';

/** The room's name in addresses, short digits; null where the room does not say. */
export function webRid(room: unknown): string | null {
  const reading = firstOf(digitsOf(at(room, 'web_rid')), digitsOf(at(room, 'owner', 'web_rid')));
  const rid = valueOf(reading);
  return rid !== null && rid.length <= 14 ? rid : null;
}

/** 2 is live, 4 ended. */
function statusOf(room: unknown): LiveRecord['status'] {
  const status = valueOf(numberOf(at(room, 'status')));
  return status === 2 ? 'live' : status === 4 ? 'ended' : 'unknown';
}

/** A number where it is filled in, or else the text ("1.2万"); 0 beside a text is how the web leaves the number out. */
function figureOf(number: unknown, ...texts: readonly unknown[]): Reading<number> {
  const exact = countOf(number);
  const written = firstOf<number>(...texts.map(countOf), absent);
  return (valueOf(exact) ?? 0) > 0 || 'missing' in written ? exact : written;
}

/** The room's record; none without a name or an id. */
export function readRoom(room: unknown, raw: unknown, context: PayloadContext): readonly AnyRecord[] {
  const owner = at(room, 'owner');
  const stats = at(room, 'stats');
  const status = statusOf(room);
  const record = makeLive(originOf(context, context.platform ?? 'douyin', 'room', null, raw), 'ok', {
    live_id: known(webRid(room)),
    room_id: firstOf(digitsOf(at(room, 'id_str')), digitsOf(at(room, 'room_id_str'))),
    title: nameOf(at(room, 'title')),
    author_id: firstOf(digitsOf(at(owner, 'id_str')), digitsOf(at(owner, 'uid'))),
    author_handle: firstOf(nameOf(at(owner, 'display_id')), nameOf(at(owner, 'unique_id'))),
    author_name: nameOf(at(owner, 'nickname')),
    status: status === 'unknown' ? absent : { value: status },
    viewer_count: figureOf(at(room, 'user_count'), at(room, 'user_count_str'), at(stats, 'user_count_str')),
    total_viewer_count: figureOf(at(stats, 'total_user'), at(stats, 'total_user_str')),
    like_count: firstOf(countOf(at(room, 'like_count')), countOf(at(stats, 'like_count'))),
    started_at: firstOf(secondsOf(at(room, 'start_time')), secondsOf(at(room, 'create_time'))),
  });
  return record === null ? [] : [record];
}
