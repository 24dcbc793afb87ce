import { expect, test } from 'vitest';
import { eachChunk, together } from './chunks.ts';

const stored = Array.from({ length: 10 }, (_, index) => index + 1);

async function chunksOf(atOnce: number): Promise<readonly (readonly number[])[]> {
  const read = (after: number) => Promise.resolve(stored.filter((value) => value > after).slice(0, atOnce));
  const chunks: (readonly number[])[] = [];
  for await (const chunk of eachChunk(read, 0, (value) => value, atOnce)) chunks.push(chunk);
  return chunks;
}

test.each([1, 3, 5, 10, 11])('everything comes once and in order, %i at once', async (atOnce) => {
  const chunks = await chunksOf(atOnce);
  expect(chunks.flat()).toEqual(stored);
  expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThanOrEqual(atOnce);
});

test('what cannot be read is told, after what came before', async () => {
  const read = (after: number) =>
    after > 2 ? Promise.reject(new Error('gone')) : Promise.resolve([after + 1, after + 2]);
  const seen: number[] = [];
  const reading = (async () => {
    for await (const chunk of eachChunk(read, 0, (value) => value, 2)) seen.push(...chunk);
  })();
  await expect(reading).rejects.toThrow('gone');
  expect(seen).toEqual([1, 2, 3, 4]);
});

async function* slowly(values: readonly number[], turns: number): AsyncGenerator<number> {
  for (const value of values) {
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    yield value;
  }
}

test('what several give comes as it comes, each in its own order', async () => {
  const seen: number[] = [];
  for await (const value of together([slowly([1, 2, 3], 1), slowly([10, 20], 40), slowly([], 1)])) seen.push(value);
  expect(seen.filter((value) => value < 10)).toEqual([1, 2, 3]);
  expect(seen.filter((value) => value >= 10)).toEqual([10, 20]);
  expect(seen.indexOf(3)).toBeLessThan(seen.indexOf(20));
});

test('where one of several fails, it is told', async () => {
  // oxlint-disable-next-line require-yield -- it fails before
  async function* failing(): AsyncGenerator<number> {
    throw new Error('gone');
  }
  const seen: number[] = [];
  const reading = (async () => {
    for await (const value of together([slowly([1, 2], 3), failing()])) seen.push(value);
  })();
  await expect(reading).rejects.toThrow('gone');
});
