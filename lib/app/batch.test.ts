import { describe, expect, test } from 'vitest';
import { AppError } from '../core/errors.ts';
import type { RefKey } from '../core/ref.ts';
import type { Entry, EntryStatus } from '../messaging/protocol.ts';
import { createTestClock, settled } from '../transport/test-clock.samples.ts';
import { createBatches } from './batch.ts';

const keyOf = (number: number): RefKey => `douyin:post:74011223344556${String(number).padStart(5, '0')}`;
const refs = (count: number): RefKey[] => Array.from({ length: count }, (_, number) => keyOf(number));

function entryOf(ref: RefKey, status: EntryStatus, error: AppError | null = null): Entry {
  return {
    ref,
    url: null,
    idTime: null,
    status,
    record: null,
    error: error?.toWire() ?? null,
    providers: [],
    expiresAt: null,
    observationCount: 0,
  };
}

interface Given {
  readonly takesMs?: (ref: RefKey) => number;
  readonly outcome?: (ref: RefKey) => Entry;
  readonly concurrency?: number;
}

function office({ takesMs = () => 10, outcome = (ref) => entryOf(ref, 'fresh'), concurrency = 2 }: Given = {}) {
  const clock = createTestClock(0);
  const asked: RefKey[] = [];
  let open = 0;
  let most = 0;
  const batches = createBatches({
    clock,
    concurrency: async () => concurrency,
    lookup: async (ref, _owner, { signal }) => {
      asked.push(ref);
      open += 1;
      most = Math.max(most, open);
      try {
        await clock.sleep(takesMs(ref), signal);
      } catch {
        return entryOf(ref, 'none');
      } finally {
        open -= 1;
      }
      return outcome(ref);
    },
  });
  return { clock, asked, batches, most: () => most };
}

describe('a run', () => {
  test('answers for each in their order, whoever came first', async () => {
    const { clock, batches } = office({ takesMs: (ref) => 1_000 - Number(ref.slice(-3)) });
    const all = refs(50);
    const results = await clock.until(batches.run(1, all, false));
    expect(results).toEqual(all.map((ref) => ({ ref, error: null })));
  });

  test('keeps to what may be under way, with one more of each to follow at once', async () => {
    const { clock, batches, most } = office({ concurrency: 3 });
    await clock.until(batches.run(1, refs(40), false));
    expect(most()).toBe(6);
  });

  test('one failure, thrown or told, loses none of the others', async () => {
    const all = refs(6);
    const { clock, batches } = office({
      outcome: (ref) => {
        if (ref === all[1]) throw new AppError('storage_full', 'full');
        if (ref === all[2]) return entryOf(ref, 'error', new AppError('not_found', 'gone'));
        if (ref === all[3]) return entryOf(ref, 'unsupported');
        if (ref === all[4]) return entryOf(ref, 'no_key');
        return entryOf(ref, 'fresh');
      },
    });
    const results = await clock.until(batches.run(1, all, false));
    const codes = results.map(({ error }) => error?.code ?? null);
    expect(codes).toEqual([null, 'storage_full', 'not_found', 'unsupported', 'auth', null]);
  });

  test('asks for each once, also where it is named twice', async () => {
    const { clock, asked, batches } = office();
    const [one = keyOf(0), two = keyOf(1)] = refs(2);
    const results = await clock.until(batches.run(1, [one, two, one], false));
    expect(asked).toEqual([one, two]);
    expect(results.map(({ ref }) => ref)).toEqual([one, two, one]);
  });

  test('of nothing ends at once', async () => {
    expect(await office().batches.run(null, [], false)).toEqual([]);
  });
});

describe('stopping', () => {
  test('begins no more; what has begun arrives, what has not is named as cancelled', async () => {
    const { clock, asked, batches } = office({ concurrency: 1, takesMs: () => 1_000 });
    const run = batches.run(7, refs(10), false);
    await clock.advance(500);
    batches.stop(7);
    const results = await clock.until(run);
    expect(asked).toHaveLength(2);
    expect(results.map(({ error }) => error?.code ?? null)).toEqual([null, null, ...Array(8).fill('cancelled')]);
  });

  test('does not wait for what waits for long', async () => {
    const { clock, batches } = office({ concurrency: 1, takesMs: () => 600_000 });
    const run = batches.run(7, refs(3), false);
    await settled();
    batches.stop(7);
    const results = await clock.until(run);
    expect(clock.now()).toBeLessThan(10_000);
    expect(results.map(({ error }) => error?.code)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  });

  test('is of one tab, and of nothing that begins later', async () => {
    const { clock, batches } = office();
    batches.stop(7);
    const other = batches.run(8, refs(5), false);
    const own = batches.run(7, refs(5), false);
    await settled();
    batches.stop(9);
    for (const results of await clock.until(Promise.all([other, own]))) {
      expect(results.every(({ error }) => error === null)).toBe(true);
    }
  });
});
