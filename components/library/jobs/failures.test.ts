import { expect, it } from 'vitest';
import { groupFailures } from './failures.ts';
import { sampleError, sampleItem } from './jobs.samples.ts';

it('puts together what failed alike, the most frequent first, with the words of the latest', () => {
  const gone = sampleError('not_found', { provider: 'gateway' });
  const groups = groupFailures([
    sampleItem(0, { error: { ...gone, upstreamMessage: 'old words' } }),
    sampleItem(1),
    sampleItem(2, { error: sampleError('not_found', { provider: 'tikhub' }) }),
    sampleItem(3, { error: { ...gone, upstreamMessage: 'new words' } }),
    sampleItem(4, { error: { ...gone, advice: 'error_gateway_5000' } }),
  ]);
  expect(groups.map(({ error, count }) => [error.provider, error.advice, error.upstreamMessage, count])).toEqual([
    ['gateway', null, 'new words', 2],
    ['gateway', 'error_gateway_5000', null, 1],
    ['tikhub', null, null, 1],
  ]);
  expect(groups[0]?.refs).toEqual([sampleItem(0).ref, sampleItem(3).ref]);
});

it('finds nothing where nothing failed', () => expect(groupFailures([sampleItem(0)])).toEqual([]));
