import { describe, expect, it } from 'vitest';
import {
  isOfPerson,
  namesPerson,
  type Person,
  personOfRecord,
  personOfRef,
  refsOfPerson,
  withNamesOf,
} from './person.ts';
import { bareRecords, postRecord } from './record.samples.ts';
import { parseRefKey } from './ref.ts';

const secId = `MS4wLjABAAAA${'x'.repeat(40)}`;
const person: Person = {
  platform: 'tiktok',
  ids: new Set(['6952369874521000001']),
  secIds: new Set([secId]),
  handles: new Set(['tin.roof']),
};
const handleOnly: Person = { ...person, ids: new Set(), secIds: new Set() };
const { author, comment, live, review, collection } = bareRecords;

describe('whose a record is', () => {
  it.each([
    ['a post by its number', postRecord({ author_id: '6952369874521000001' }), true],
    ['a post by its sec id', postRecord({ author_sec_id: secId }), true],
    ['a post by its handle, whatever its case', postRecord({ author_handle: 'Tin.Roof' }), true],
    ['a comment', { ...comment, author_handle: 'tin.roof' }, true],
    ['an account', { ...author, author_id: '6952369874521000001' }, true],
    ['a live by its own name', { ...live, live_id: 'tin.roof' }, true],
    ['a collection', { ...collection, author_handle: 'tin.roof' }, true],
    ['a review signed with the handle', { ...review, author_name: '@tin.roof' }, true],
    ['a review of somebody', { ...review, author_name: 'Tin' }, false],
    ['a post of nobody', postRecord({}), false],
    ['one of the other platform', postRecord({ platform: 'douyin', author_handle: 'tin.roof' }), false],
    ['a handle that another number has now', postRecord({ author_id: '1', author_handle: 'tin.roof' }), false],
    ['another sec id', postRecord({ author_sec_id: `${secId}y`, author_handle: 'tin.roof' }), false],
    ['a sound by that name', { ...bareRecords.music, author: 'tin.roof' }, false],
  ] as const)('%s', (_name, record, isOwn) => {
    expect(isOfPerson(person, record)).toBe(isOwn);
  });

  it('goes by the handle where no number is known', () => {
    expect(isOfPerson(handleOnly, postRecord({ author_id: '1', author_handle: 'tin.roof' }))).toBe(true);
  });
});

describe('the names of an account', () => {
  it.each([
    ['tiktok:author:tin.roof', ['tiktok:author:tin.roof', 'tiktok:live:tin.roof']],
    [`tiktok:author:${secId}`, [`tiktok:author:${secId}`]],
    ['tiktok:author:uid/77', ['tiktok:author:uid/77']],
    [`douyin:author:${secId}`, [`douyin:author:${secId}`]],
    ['tiktok:live:tin.roof', ['tiktok:author:tin.roof', 'tiktok:live:tin.roof']],
  ])('%s names one', (key, refs) => {
    const named = personOfRef(parseRefKey(key)!);
    expect(named && refsOfPerson(named)).toEqual(refs);
  });

  it.each(['tiktok:post:7', 'douyin:live:77', 'tiktok:live:room/7'])('%s names none', (key) => {
    expect(personOfRef(parseRefKey(key)!)).toBeNull();
  });

  it('are gathered from what is of it, and nothing else changes it', () => {
    const known = withNamesOf(handleOnly, postRecord({ author_id: '7', author_sec_id: secId, author_handle: 'roof2' }));
    expect(known).toEqual({
      platform: 'tiktok',
      ids: new Set(['7']),
      secIds: new Set([secId]),
      handles: new Set(['tin.roof', 'roof2']),
    });
    expect(withNamesOf(known, postRecord({ author_id: '7' }))).toBe(known);
    expect(withNamesOf(known, { ...review, author_name: 'somebody' })).toBe(known);
    expect(personOfRecord(postRecord({ author_id: '7' }))?.ids).toEqual(new Set(['7']));
    expect(personOfRecord(postRecord({}))).toBeNull();
    expect(personOfRecord({ ...review, author_name: 'a' })).toBeNull();
  });
});

describe('a text', () => {
  it.each([
    ['{"uniqueId":"Tin.Roof"}', true],
    ['{"text":"see @tin.roof"}', true],
    ['{"uid":6952369874521000001}', true],
    [`{"sec":"${secId}"}`, true],
    ['{"uid":69523698745210000011}', false],
    ['{"text":"a tin.roof, see @tin.roofer"}', false],
    ['{}', false],
  ])('%s names the account: %s', (text, isNamed) => {
    expect(namesPerson(person, text)).toBe(isNamed);
  });

  it('is not named by nothing', () => {
    expect(namesPerson({ ...person, ids: new Set(['']), secIds: new Set(['']), handles: new Set() }, '{"a":1}')).toBe(
      false,
    );
  });
});
