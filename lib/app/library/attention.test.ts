import { expect, test } from 'vitest';
import { createAttention } from './attention.ts';

test('work in advance waits for answers under way, and a moment longer', async () => {
  let now = 0;
  const slept: number[] = [];
  const waiting: (() => void)[] = [];
  const { during, idle } = createAttention(
    () => now,
    (ms) => {
      slept.push(ms);
      now += ms;
      // An answer that is under way ends in the third sleep.
      if (slept.length === 3) waiting.splice(0).forEach((end) => end());
      return new Promise((resolve) => setTimeout(resolve));
    },
  );
  await idle();
  expect(slept).toEqual([0]);
  const answer = during(() => new Promise<string>((resolve) => waiting.push(() => resolve('rows'))));
  await idle();
  expect(await answer).toBe('rows');
  expect(slept.length).toBeGreaterThan(3);
  const failing = during(() => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  await idle();
});
