import { describe, expect, it } from 'vitest';
import { postRecord } from '../../lib/core/record.samples.ts';
import type { LibraryRow } from '../../lib/messaging/protocol.ts';
import { addressOf } from './grid.samples.ts';
import { blockSize, createRowBlocks } from './row-blocks.ts';

const rowOf = (index: number): LibraryRow => ({
  ref: addressOf(index),
  record: postRecord({}),
  values: {},
  observationCount: 1,
  tags: [],
  hasNote: false,
});

/** A worker that answers when it is told to. */
function worker() {
  const asked: {
    readonly from: number;
    readonly to: number;
    readonly answer: (rows?: readonly LibraryRow[]) => Promise<void>;
    readonly fail: () => Promise<void>;
  }[] = [];
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    asked,
    fetch: (from: number, to: number) =>
      new Promise<readonly LibraryRow[]>((resolve, reject) => {
        const rows = Array.from({ length: to - from }, (_value, index) => rowOf(from + index));
        asked.push({
          from,
          to,
          answer: (other = rows) => (resolve(other), settle()),
          fail: () => (reject(new Error('gone')), settle()),
        });
      }),
  };
}

describe('rows in blocks', () => {
  it('are fetched for what is wanted, two blocks at once, and known afterwards', async () => {
    const { asked, fetch } = worker();
    let changes = 0;
    const blocks = createRowBlocks(1_000, fetch, () => (changes += 1));
    blocks.want(0, 3 * blockSize);
    expect(asked.map(({ from, to }) => [from, to])).toEqual([
      [0, blockSize],
      [blockSize, 2 * blockSize],
    ]);
    expect(blocks.row(0)).toBeNull();
    await asked[0]?.answer();
    expect(blocks.row(5)?.ref).toBe(addressOf(5));
    expect([changes, asked.length]).toEqual([1, 3]);
    blocks.want(0, blockSize);
    expect(asked).toHaveLength(3);
  });

  it('skip what one has scrolled past', async () => {
    const { asked, fetch } = worker();
    const blocks = createRowBlocks(100_000, fetch, () => undefined);
    blocks.want(0, 40);
    blocks.want(10_000, 10_040);
    blocks.want(90_000, 90_040);
    await asked[0]?.answer();
    expect(asked.map(({ from }) => from)).toEqual([0, 10_000, 90_000]);
    for (const at of [20_000, 30_000, 40_000]) blocks.want(at, at + 40);
    await asked[1]?.answer();
    expect(asked.at(-1)?.from).toBe(40_000);
    expect(asked).toHaveLength(4);
  });

  it('end with the result', async () => {
    const { asked, fetch } = worker();
    const blocks = createRowBlocks(45, fetch, () => undefined);
    const loaded = blocks.load(0, 60);
    expect(asked.map(({ to }) => to)).toEqual([40, 45]);
    for (const { answer } of asked) await answer();
    await loaded;
    expect([blocks.row(44)?.ref, blocks.row(45)]).toEqual([addressOf(44), null]);
  });

  it('that cannot be had are not asked for without end', async () => {
    const { asked, fetch } = worker();
    const blocks = createRowBlocks(40, fetch, () => blocks.want(0, 40));
    blocks.want(0, 40);
    for (let round = 0; round < 6; round++) await asked[round]?.fail();
    expect(asked).toHaveLength(3);
    expect(blocks.row(0)).toBeNull();
  });

  it('long out of sight are let go, and fetched again', async () => {
    const { asked, fetch } = worker();
    const blocks = createRowBlocks(10_000, fetch, () => undefined);
    for (let block = 0; block < 100; block++) {
      blocks.want(block * blockSize, block * blockSize + 1);
      await asked.at(-1)?.answer();
    }
    expect(blocks.row(0)).toBeNull();
    expect(blocks.row(99 * blockSize)).not.toBeNull();
    blocks.want(0, 1);
    expect(asked).toHaveLength(101);
  });
});
