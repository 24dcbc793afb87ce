/**
 * The gateway's `user_info` (Douyin): an account by its sec_uid. The call is listed, the shape of its answer is not
 * published (2026-10), so the person is looked for where the gateway puts its subjects, and each figure is read in the
 * platform's words and in the gateway's.
 */
import type { AuthorRecordFields } from '../core/record-defaults.ts';
import { makeAuthor, type Reading, type Readings } from '../core/record-factory.ts';
import type { AnyRecord } from '../core/record.ts';
import { authorAddress } from './addresses.ts';
import { awemeUser } from './aweme-author.ts';
import { gatewayCode, gatewayOrigin, gatewayStatus, isGatewayAnswer } from './onebound-envelope.ts';
import { definePayload, type PayloadContext } from './payload.ts';
import {
  absent,
  at,
  countOf,
  firstOf,
  firstUrlOf,
  isObject,
  type JsonObject,
  known,
  nameOf,
  secIdOf,
  textOf,
  valueOf,
} from './reading.ts';

const personFields = ['sec_uid', 'nickname', 'nick', 'follower_count', 'fans', 'aweme_count', 'total_favorited'];

/** Posts name their author and products their shop in the same words. */
function isPerson(value: unknown): value is JsonObject {
  if (!isObject(value) || at(value, 'num_iid') !== undefined || at(value, 'product_id') !== undefined) return false;
  return personFields.some((field) => value[field] !== undefined);
}

function personIn(json: unknown): JsonObject | null {
  if (!isGatewayAnswer(json) || at(json, 'items') !== undefined) return null;
  const item = at(json, 'item');
  const places = [at(item, 'user'), at(item, 'user_info'), item, at(json, 'user'), at(json, 'user_info')];
  return places.find(isPerson) ?? null;
}

function readPerson(person: JsonObject, json: unknown, context: PayloadContext): readonly AnyRecord[] {
  const user = awemeUser(person, 'douyin');
  // The answer repeats about whom it was asked, which its item need not do.
  const secId = firstOf<string>(user.author_sec_id ?? absent, secIdOf(at(json, 'call_args', 'sec_uid')));
  const count = (...fields: readonly string[]): Reading<number> =>
    firstOf(...fields.map((field) => countOf(person[field])));
  const readings: Readings<AuthorRecordFields> = {
    ...user,
    author_sec_id: secId,
    author_name: firstOf<string>(user.author_name ?? absent, nameOf(person['nick'])),
    author_url: known(authorAddress('douyin', null, valueOf(secId))),
    author_bio: firstOf<string>(user.author_bio ?? absent, textOf(person['desc'])),
    author_avatar_url: firstOf<string>(user.author_avatar_url ?? absent, firstUrlOf(person['pic_url'])),
    author_follower_count: count('follower_count', 'fans'),
    author_following_count: count('following_count', 'follow'),
    author_likes_received_count: count('total_favorited'),
    author_likes_given_count: count('favoriting_count'),
    author_post_count: count('aweme_count'),
  };
  const record = makeAuthor(gatewayOrigin(context, json, person), 'ok', readings);
  return record === null ? [] : [record];
}

export const oneboundUser = definePayload({
  id: 'onebound-user',
  recognises: (json) => personIn(json) !== null,
  read: (json, context) => {
    const person = personIn(json);
    return person === null ? [] : readPerson(person, json, context);
  },
  status: (json) => (gatewayCode(json) === '0000' ? null : gatewayStatus(json)),
});
