import { expect, test } from 'vitest';
import { createBudget } from './budget.ts';

test('so many within the time, and more as the first ones get old', () => {
  let now = 1_000;
  const budget = createBudget(2, 60_000, () => now);
  expect(budget.take()).toBeNull();
  now = 2_000;
  expect(budget.take()).toBeNull();
  expect(budget.take()).toBe(61_000);
  now = 60_999;
  expect(budget.take()).toBe(61_000);
  now = 61_000;
  expect(budget.take()).toBeNull();
  expect(budget.take()).toBe(62_000);
});

test('a clock that is set back locks nobody out', () => {
  let now = 1_000_000;
  const budget = createBudget(1, 60_000, () => now);
  expect(budget.take()).toBeNull();
  now = 5_000;
  expect(budget.take()).toBeNull();
});
