import { expect, it } from 'vitest';
import { createNewest } from './newest.ts';

/** Questions that are answered when the test says so. */
function probe() {
  const asked: string[] = [];
  const told: string[] = [];
  let answer = (): void => undefined;
  const newest = createNewest(
    async ({ name }: { readonly name: string }) => {
      asked.push(name);
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return name;
    },
    (name) => told.push(name),
  );
  return {
    asked,
    told,
    want: (name: string | null) => newest.want(name === null ? null : { name }),
    answer: async () => {
      answer();
      // What follows an answer takes a few turns.
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    },
  };
}

it('asks one after the other, and of what waits only the last', async () => {
  const { asked, told, want, answer } = probe();
  for (const name of ['a', 'b', 'c']) want(name);
  expect(asked).toEqual(['a']);
  await answer();
  expect([asked, told]).toEqual([['a', 'c'], []]);
  await answer();
  expect([asked, told]).toEqual([['a', 'c'], ['c']]);
  want('d');
  await answer();
  expect(told).toEqual(['c', 'd']);
});

it('tells no answer that nobody wants any more', async () => {
  const { asked, told, want, answer } = probe();
  want('a');
  want(null);
  await answer();
  expect([asked, told]).toEqual([['a'], []]);
  want('b');
  await answer();
  expect(told).toEqual(['b']);
});
