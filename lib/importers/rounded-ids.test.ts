import { describe, expect, test } from 'vitest';
import { isNumberForm, looksRounded, RoundedIds } from './rounded-ids.ts';

const id = '7234567890123456789';

test.each([
  ['7.23457E+18', true],
  ['7,23457E+18', true],
  ['7.234567890123457e+18', true],
  ['7e18', true],
  [`${id}.0`, true],
  [`${id},00`, true],
  [id, false],
  ['1.5', false],
  ['', false],
])('%s is a number and no id: %s', (text, isNumber) => {
  expect(isNumberForm(text)).toBe(isNumber);
});

test.each([
  [String(Number(id)), true],
  [BigInt(Number(id)).toString(), true],
  ['7234567890123450000', true],
  [id, false],
  ['123456789012345', false],
  ['x', false],
])('%s looks rounded: %s', (text, isRounded) => {
  expect(looksRounded(text)).toBe(isRounded);
});

/** As true ids are: no more than one in five hundred looks rounded. */
const trueIds = Array.from({ length: 2000 }, (_unused, index) =>
  (7_234_567_890_123_456_789n + BigInt(index) * 98_765_432_123n).toString(),
);

function lostOf(ids: readonly string[]): number {
  const column = new RoundedIds();
  for (const one of ids.slice(0, 50)) column.look(one);
  let lost = 0;
  for (const [index, one] of ids.entries()) {
    if (index >= 50) column.look(one);
    if (column.isLost(one)) lost += 1;
  }
  return lost;
}

describe('a column', () => {
  test('of true ids loses none, although some look rounded', () => {
    const awkward = [...trueIds.slice(0, 60), String(Number(id)), ...trueIds.slice(60)];
    expect(awkward.filter(looksRounded).length).toBeGreaterThan(0);
    expect(lostOf(awkward)).toBe(0);
  });

  test.each([
    ['JavaScript', (one: string) => String(Number(one))],
    ['Python', (one: string) => BigInt(Number(one)).toString()],
    ['a spreadsheet', (one: string) => `${one.slice(0, 15)}0000`],
    ['R', (one: string) => Number(one).toExponential(14)],
  ])('that %s rounded loses all', (_name, round) => {
    expect(lostOf(trueIds.map(round))).toBe(2000);
  });

  test('of one rounded id: it is not believed', () => {
    expect(lostOf(['7234567890123450000'])).toBe(1);
    expect(lostOf([id])).toBe(0);
  });
});
