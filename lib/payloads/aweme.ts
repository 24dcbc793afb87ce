/**
 * Items ("aweme") as Douyin's web and share pages, the apps of both platforms and the bearer API give them: in details,
 * lists and searches.
 */
import { postsFirst, readAweme } from './aweme-item.ts';
import { awemesIn, sharePages } from './aweme-items.ts';
import { douyinStatus } from './douyin-status.ts';
import { definePayload } from './payload.ts';
import { at, firstOf, isObject, positiveOf, valueOf } from './reading.ts';

/** The upstream's clock (Unix ms); a streamed search has one in each of its parts. */
function clockOf(json: unknown): number | null {
  const places = [json, at(json, 'data'), at(json, 0), ...sharePages(json)];
  return valueOf(firstOf(...places.map((place) => positiveOf(at(place, 'extra', 'now')))));
}

function hasEnvelope(json: unknown): boolean {
  const names = ['aweme_list', 'aweme_detail', 'filter_detail', 'filter_list'];
  return (
    [json, at(json, 'data')].some((part) => isObject(part) && names.some((name) => name in part)) ||
    sharePages(json).length > 0
  );
}

export const aweme = definePayload({
  id: 'aweme',
  recognises: (json) => hasEnvelope(json) || awemesIn(json).length > 0,
  read: (json, context) => {
    const answeredAt = clockOf(json);
    const told = new Set<string>();
    return postsFirst(awemesIn(json).flatMap((item) => readAweme(item, { answeredAt, told }, context)));
  },
  status: douyinStatus,
});
