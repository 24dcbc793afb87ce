import { expect, test } from 'vitest';
import { blockNames } from '../lib/core/page-data.ts';
import { makePost } from '../lib/core/record-factory.ts';
import { bareRecords, postRecord } from '../lib/core/record.samples.ts';
import { recordTypes } from '../lib/core/record.ts';
import { readBlocks } from '../lib/payloads/embedded.ts';
import { readAnswer } from '../lib/payloads/index.ts';
import { faultOf } from '../lib/payloads/mutations.samples.ts';
import { contextAt } from '../lib/payloads/payload.samples.ts';
import { fuzz } from './fuzz.ts';
import { answers, blocks, streamed, textOf } from './fuzz-corpus.ts';

const context = contextAt(Date.UTC(2026, 10, 21));

test('two thousand damaged payloads leave every reader whole (npm run test:fuzz: a hundred thousand)', () => {
  const report = fuzz(2000, 20_261_121);
  expect(report.faults).toEqual([]);
  // The damage must not destroy everything, or the test says nothing.
  expect(report.records).toBeGreaterThan(1000);
  expect(Object.keys(report.given).sort()).toEqual(['answer', ...blockNames].sort());
}, 60_000);

test('undamaged, the samples give records of every kind and every block', () => {
  const read = [
    ...[...answers, streamed].flatMap((answer) => [...readAnswer(answer, context).records]),
    ...blocks.flatMap((sample) => readBlocks([textOf(sample)], null, context).flatMap(({ records }) => [...records])),
  ];
  expect(read.flatMap((record) => faultOf(record) ?? [])).toEqual([]);
  expect([...new Set(read.map(({ record_type: type }) => type))].sort()).toEqual([...recordTypes].sort());
  const silent = blockNames.filter((name) =>
    blocks
      .filter(({ block }) => block === name)
      .every((sample) => readBlocks([textOf(sample)], null, context).every(({ records }) => records.length === 0)),
  );
  expect(silent).toEqual([]);
});

test('the checks can fail', () => {
  for (const type of recordTypes) expect(faultOf(bareRecords[type]), type).toBeNull();
  expect(faultOf(postRecord({ post_id: '' }))).toContain('no id');
  expect(faultOf(postRecord({ post_id: '75 28' }))).toContain('id "75 28"');
  expect(faultOf(postRecord({ like_count: -1 }))).toContain('like_count');
  expect(faultOf(postRecord({ duration_ms: Number.NaN }))).toContain('duration_ms');
  expect(faultOf(postRecord({ caption: '\u{D800}' }))).toContain('caption');
  expect(faultOf(postRecord({ like_count: 1, missing_reasons: { like_count: 'redacted' } }))).toContain('reason');
  const origin = { platform: 'tiktok', figureSource: 'x', provenance: postRecord({}) } as const;
  const noted = makePost(origin, '7528963259874125698', 'ok', { like_count: { value: 1 } });
  expect(faultOf({ ...noted, like_count: null })).toContain('note of like_count');
});
