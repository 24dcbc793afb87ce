/** `inspect` on every captured answer and page: what is in it, and not a digit of an id lost. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { sharedFixtures, skippedNote } from '../../e2e/harness/shared-fixtures.ts';
import { runCli } from './run-cli.ts';

// Each call starts a process, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const captures = sharedFixtures('captures');

interface Expectation {
  /** How many records of each kind; what is not named is none. */
  readonly counts: Readonly<Record<string, number>>;
  /** What standard error tells. */
  readonly said?: string;
}

/** By the file's folder and the beginning of its name. */
const expected: Readonly<Record<string, Expectation>> = {
  'douyin-aweme/laizige': { counts: { post: 41 } },
  'douyin-aweme/mafqla': { counts: { post: 9 } },
  'douyin-product/fudiwei': { counts: { product: 1, sku: 1 } },
  'douyin-render-data/nguyenminhhoan03': { counts: {}, said: 'render-data, pace-f, without a record' },
  'douyin-router-data/cong99x': { counts: { post: 1 } },
  'tiktok-item-list/aladynjr': { counts: { post: 34 } },
  'tiktok-item-list/sherifcodeur': { counts: { post: 12 } },
  'tiktok-shop/LLzelda': { counts: { product: 1, sku: 40, review: 20, shop: 1 } },
  'tiktok-sigi-state/1sthillman': { counts: { live: 1 } },
  'tiktok-sigi-state/ShujaatAli88': { counts: { post: 29, author: 1 } },
  'tiktok-universal-data/Turyka': { counts: { author: 1 } },
  'tiktok-universal-data/ca74ca': { counts: {}, said: "10204 item doesn't exist (not available to this viewer)" },
  'tiktok-universal-data/camillebrown': { counts: { post: 1 } },
  'tiktok-universal-data/cong99x': { counts: { post: 1 } },
  'tiktok-universal-data/pakCoder11': { counts: { post: 1 } },
};

interface Described {
  readonly record_type: string;
  readonly [column: string]: unknown;
}

/** Every text of many digits that a record gives as an id, with the name of its column. */
function idsOf(record: Described): readonly (readonly [column: string, digits: string])[] {
  return Object.entries(record).flatMap(([column, value]) => {
    if (!/(?:^|_)ids?$/u.test(column)) return [];
    const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
    // A ref of a numeric user or room has a prefix.
    return texts.flatMap((text) => {
      const digits = typeof text === 'string' ? /^(?:[a-z]+\/)?(\d{15,})$/u.exec(text)?.[1] : undefined;
      return digits === undefined ? [] : [[column, digits] as const];
    });
  });
}

/** Whether the digits stand in the text as they are, and not as a part of more digits. */
function stands(digits: string, text: string): boolean {
  // In JSON, in addresses and in percent-encoded text a number's neighbours may be escapes that end with a digit: %22, \u0022.
  return new RegExp(String.raw`(?:^|[^\d]|%[\dA-Fa-f]{2}|\\u[\dA-Fa-f]{4})${digits}(?!\d)`, 'u').test(text);
}

describe.skipIf(!captures)(`captures${skippedNote(captures)}`, () => {
  const files = (captures ? readdirSync(captures, { recursive: true, encoding: 'utf8' }) : []).filter((file) =>
    /\.(?:html|json)$/u.test(file),
  );

  test('each has its expectation', () => {
    const keys = files.map((file) => Object.keys(expected).find((start) => file.startsWith(start)) ?? file);
    expect(keys.sort()).toEqual(Object.keys(expected).sort());
  });

  test.each(Object.entries(expected))('%s', (start, { counts, said }) => {
    const path = join(captures ?? '', files.find((file) => file.startsWith(start)) ?? start);
    const { exitCode, values, stderr } = runCli(['inspect', path]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(said ?? '');
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each line is what describeRecord gave
    const records = values as readonly Described[];
    const found: Record<string, number> = {};
    for (const { record_type: type } of records) found[type] = (found[type] ?? 0) + 1;
    expect(found).toEqual(counts);

    const text = readFileSync(path, 'utf8');
    const ids = records.flatMap(idsOf);
    if (records.length > 0) expect(ids.length).toBeGreaterThan(0);
    const altered = ids.filter(([, digits]) => !stands(digits, text));
    expect(altered).toEqual([]);
  });
});

test.each([
  ['{"id":7528963259874125698}', true],
  ['"7528963259874125698"', true],
  [String.raw`{\"product_id\":7528963259874125698,`, true],
  ['%22id%22%3A%227528963259874125698%22', true],
  ['/video/7528963259874125698?x', true],
  ['7528963259874125698', true],
  ['75289632598741256980', false],
  ['17528963259874125698', false],
  ['7528963259874125700', false],
])('the test itself: %s', (text, isThere) => {
  expect(stands('7528963259874125698', text)).toBe(isThere);
});
