import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPseudonyms } from '../../lib/app/pseudonymise.ts';
import { drawSample } from '../../lib/app/sample.ts';
import { type ObservationLine, lineVersion } from '../../lib/core/observation-line.ts';
import { toObservation } from '../../lib/core/observation.ts';
import { type AnyRecord, noSighting } from '../../lib/core/record.ts';
import { bareRecords, postRecord, productRecord, skuRecord } from '../../lib/core/record.samples.ts';
import { refKey } from '../../lib/core/ref.ts';
import { awkwardTexts } from '../../lib/exporters/harness.ts';
import { UsageError } from './command.ts';
import { readCall } from './export-call.ts';
import { type Outcome, runCli } from './run-cli.ts';

// Each call starts a process, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clipscope-export-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const input = () => join(folder, 'in.ndjson');
const output = (name = 'out.csv') => join(folder, name);
const written = (name = 'out.csv') => readFileSync(output(name), 'utf8');

function lineOf(record: AnyRecord, more: Partial<Pick<ObservationLine, 'saved'>> & { raw?: string } = {}): string {
  return `${JSON.stringify({ clipscope: lineVersion, observation: toObservation(record), ...more })}\n`;
}

function save(...lines: readonly string[]): void {
  writeFileSync(input(), lines.join(''));
}

function run(...args: readonly string[]): Outcome {
  return runCli(['export', ...args]);
}

/** The rows of a CSV without line breaks and commas in its cells, by column. */
function cells(csv: string): Record<string, string | undefined>[] {
  const [header = [], ...rows] = csv
    .replace('\uFEFF', '')
    .trimEnd()
    .split('\r\n')
    .map((row) => row.split(','));
  return rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at]])));
}

const post = (id: string, fields: Parameters<typeof postRecord>[0] = {}) => postRecord({ post_id: id, ...fields });
const first = post('7528963259874125698', { view_count: 1, author_id: '6952369874521000001', author_handle: 'Lily' });
const second = post('7528963259874125699', { view_count: 20 });
const key = 'a5'.repeat(32);

describe('rows', () => {
  test('are the things of the file, each derived from its lines', () => {
    const later = { ...first, view_count: 5, observed_at: first.fetched_at + 1e7, fetched_at: first.fetched_at + 1e7 };
    save(lineOf(first), lineOf(later), lineOf(second));
    const { exitCode, stdout, stderr } = run('--format', 'csv', '--personal', 'omit', input(), output());
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '', stderr: `${output()}: 2 posts\n` });
    expect(cells(written())).toMatchObject([
      { post_id: '7528963259874125698', view_count: '5' },
      { post_id: '7528963259874125699', view_count: '20' },
    ]);
    expect(readdirSync(folder).sort()).toEqual(['in.ndjson', 'out.csv']);
  });

  test('tell where the thing was met', () => {
    const sighting = { ...noSighting, query_type: 'search', query_text: '夏日', result_rank: 3 } as const;
    save(lineOf(first, { saved: { saved_at: 1_788_220_800_000, page_url: null, sighting } }));
    run('--format', 'csv', input(), output());
    expect(cells(written())).toMatchObject([{ query_type: 'search', result_rank: '3' }]);
  });

  test('come back as the same NDJSON from the captured format, texts, places and raw answers', () => {
    const saved = { saved_at: 1_788_220_800_000, page_url: 'https://www.tiktok.com/search', sighting: noSighting };
    const texts = awkwardTexts.map((caption, at) => post(String(7_528_963_259_874_125_000n + BigInt(at)), { caption }));
    const lines = [lineOf(first, { raw: '{"id":"7528963259874125698"}', saved }), ...texts.map((text) => lineOf(text))];
    save(...lines);
    const { exitCode, stdout } = run('--format', 'ndjson', '--personal', 'include', input(), '-');
    expect(exitCode).toBe(0);
    const parsed = (text: string): unknown[] =>
      text
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line));
    expect(parsed(stdout)).toEqual(parsed(lines.join('')));
  });

  test('of products are in one table, their SKUs in another', () => {
    save(lineOf(productRecord({ product_name: 'Pan' })), lineOf(skuRecord({ stock: 0 })));
    run('--format', 'csv', input(), output());
    expect(cells(written('out_products.csv'))).toMatchObject([{ product_name: 'Pan' }]);
    expect(cells(written('out_skus.csv'))).toMatchObject([{ sku_id: '1734567890123456789', stock: '0' }]);
  });

  test('of the long tables are written where they are asked for', () => {
    save(
      lineOf(post('7528963259874125698', { hashtags: [{ name: 'ootd', id: '1', origin: 'both' }] })),
      lineOf(bareRecords.author),
    );
    const { exitCode, stderr } = run(
      '--format',
      'csv',
      '--table',
      'post_hashtags',
      '--personal',
      'omit',
      input(),
      output(),
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: `${output()}: 1 post_hashtags\n` });
    expect(cells(written())).toMatchObject([{ post_id: '7528963259874125698', hashtag: 'ootd' }]);
  });
});

describe('files', () => {
  test('are one per table, named after it', () => {
    save(lineOf(first), lineOf(bareRecords.comment));
    const { stderr } = run('--format', 'csv', '--personal', 'omit', input(), output());
    expect(stderr).toBe(`${output('out_posts.csv')}: 1 posts\n${output('out_comments.csv')}: 1 comments\n`);
    expect(readdirSync(folder).sort()).toEqual(['in.ndjson', 'out_comments.csv', 'out_posts.csv']);
  });

  test('are one per platform where a format holds one', () => {
    save(lineOf(first), lineOf({ ...second, platform: 'douyin' }));
    const { exitCode } = run('--format', 'zeeschuimer', '--personal', 'include', input(), output('out.ndjson'));
    expect(exitCode).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['in.ndjson', 'out_douyin.ndjson', 'out_tiktok.ndjson']);
    run('--format', 'zeeschuimer', '--personal', 'include', '--platform', 'tiktok', input(), output('one.ndjson'));
    expect(readdirSync(folder)).toContain('one.ndjson');
  });

  test('are not standard output where there are several', () => {
    save(lineOf(first), lineOf(bareRecords.comment));
    const { exitCode, stdout, stderr } = run('--format', 'csv', input(), '-');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('name one table (posts, comments)');
    expect(cells(run('--format', 'csv', '--table', 'comments', input(), '-').stdout)).toHaveLength(1);
  });

  test.each([
    ['one table, read as it comes', ['--table', 'post']],
    ['whatever is in it, kept for the time', []],
  ])('may come from standard input: %s', (_name, table) => {
    const { exitCode, stdout } = runCli(['export', '--format', 'csv', ...table, '-', '-'], {
      stdin: `\uFEFF${lineOf(first)}${lineOf(second)}`,
    });
    expect(exitCode).toBe(0);
    expect(cells(stdout)).toHaveLength(2);
  });

  test('may be in UTF-16, as PowerShell writes it', () => {
    writeFileSync(input(), Buffer.from(`\uFEFF${lineOf(first)}`, 'utf16le'));
    run('--format', 'csv', input(), output());
    expect(cells(written())).toHaveLength(1);
  });

  test('keep their former content when the new one does not come about', () => {
    save(lineOf(first));
    writeFileSync(output(), 'former');
    expect(run('--format', 'csv', '--columns', 'nonsense', input(), output()).exitCode).toBe(2);
    expect(
      run('--format', 'csv', '--table', 'authors', '--preset', 'native', join(folder, 'no'), output()).exitCode,
    ).toBe(1);
    expect(written()).toBe('former');
    expect(run('--format', 'csv', input(), join(folder, 'no/out.csv'))).toMatchObject({ exitCode: 1 });
    expect(run('--format', 'csv', input(), input())).toMatchObject({ exitCode: 2 });
    expect(readdirSync(folder).sort()).toEqual(['in.ndjson', 'out.csv']);
  });
});

describe('a line that cannot be read', () => {
  test('is told by its number, once, and costs no other', () => {
    const wrong = lineOf(second).replace('"view_count":20', '"view_count":"20"');
    save(lineOf(first), '{"broken\n', '\n', wrong, lineOf(bareRecords.author), lineOf(post('7528963259874125700')));
    const { exitCode, stderr } = run('--format', 'csv', '--personal', 'omit', input(), output());
    expect(exitCode).toBe(0);
    expect(stderr.split('\n')).toEqual([
      `${input()}: line 2: This is not valid JSON. The file may be damaged or cut off here.`,
      `${input()}: line 4: This line is no observation of Clipscope’s, or a field of it has been changed.`,
      `${output('out_posts.csv')}: 2 posts`,
      `${output('out_authors.csv')}: 1 authors`,
      '',
    ]);
    expect(cells(written('out_posts.csv')).map((row) => row['post_id'])).toEqual([
      first.post_id,
      '7528963259874125700',
    ]);
  });

  test('is one of many: the first twenty are told', () => {
    save(lineOf(first), '{\n'.repeat(25));
    const lines = run('--format', 'csv', '--personal', 'omit', input(), output()).stderr.trim().split('\n');
    expect(lines).toHaveLength(22);
    expect(lines.at(-1)).toBe(`${input()}: 5 more lines that cannot be read`);
  });

  test('may be all that there is', () => {
    save('{\n', `{"clipscope":1,"ref":"tiktok:post:7528963259874125698"}\n`);
    const { exitCode, stderr } = run('--format', 'csv', input(), output());
    expect({ exitCode, files: readdirSync(folder) }).toEqual({ exitCode: 1, files: ['in.ndjson'] });
    expect(stderr).toContain(`${input()}: nothing in it that csv can hold.`);
  });

  test('is not one that names a thing alone: such are counted', () => {
    save(lineOf(first), `{"clipscope":1,"ref":"tiktok:post:7528963259874125699"}\n`);
    const { stderr } = run('--format', 'csv', '--personal', 'omit', input(), output());
    expect(stderr).toContain(`${input()}: left out 1 of which nothing but the id is known\n`);
  });
});

describe('people', () => {
  const keyFile = () => join(folder, 'key.json');
  beforeEach(() => save(lineOf(first)));

  test('are left out, which is said once', () => {
    save(lineOf(first), lineOf(bareRecords.author));
    const { stderr } = run('--format', 'csv', input(), output());
    expect(stderr.match(/people are left out/gu)).toHaveLength(1);
    const [row] = cells(written('out_posts.csv'));
    expect(Object.keys(row ?? {})).not.toContain('author_handle');
    expect(Object.keys(row ?? {})).not.toContain('author_pseudonym');
    expect(written('out_posts.csv')).not.toMatch(/lily|6952369874521000001/iu);
  });

  test('have the pseudonyms of the project’s key', () => {
    writeFileSync(keyFile(), JSON.stringify({ about: 'x', project: 'y', key_hex: key }, null, 2));
    const { stderr } = run('--format', 'csv', '--pseudonym-key', keyFile(), input(), output());
    expect(stderr).toBe(`${output()}: 1 posts\n`);
    expect(cells(written())).toMatchObject([{ author_pseudonym: createPseudonyms(key).of('tiktok', 'lily') }]);
    expect(written()).not.toMatch(/lily\b|6952369874521000001/iu);
    expect(written()).not.toContain(key);
  });

  test('a key that is none is not shown', () => {
    writeFileSync(keyFile(), `{"key_hex":"${key}0"}`);
    const { exitCode, stderr } = run('--format', 'csv', '--pseudonym-key', keyFile(), input(), output());
    expect(exitCode).toBe(1);
    expect(stderr).not.toContain(key);
  });

  test('are written as they are where that is said', () => {
    run('--format', 'csv', '--personal', 'include', input(), output());
    expect(cells(written())).toMatchObject([{ author_handle: 'Lily', author_id: '6952369874521000001' }]);
  });

  test.each(['ndjson', 'zeeschuimer'])('are in captured answers, so that %s wants it said', (format) => {
    const { exitCode, stderr } = run('--format', format, input(), output());
    expect(exitCode).toBe(2);
    expect(stderr).toContain('say --personal include');
  });
});

describe('what is chosen', () => {
  const captioned = post('7528963259874125698', { caption: 'planted words', created_at: Date.UTC(2026, 8, 1, 20) });
  beforeEach(() => save(lineOf(captioned)));

  test('columns, in their order', () => {
    run('--format', 'csv', '--columns', 'view_count, post_id', input(), output());
    expect(Object.keys(cells(written())[0] ?? {})).toEqual(['view_count', 'post_id']);
  });

  test('the time zone', () => {
    run('--format', 'csv', '--time-zone', 'Asia/Shanghai', input(), output());
    expect(cells(written())).toMatchObject([{ created_at_local: '2026-09-02T04:00:00+08:00' }]);
  });

  test('no texts, or ids only', () => {
    run('--format', 'csv', '--withhold-text', input(), output());
    expect(written()).not.toContain('planted');
    run('--format', 'csv', '--ids-only', input(), output());
    expect(cells(written())).toEqual([{ platform: 'tiktok', post_id: captioned.post_id }]);
  });

  test('a sample: the one that the extension draws', () => {
    const posts = Array.from({ length: 60 }, (_unused, at) => post(String(7_528_963_259_874_125_000n + BigInt(at))));
    save(...posts.map((one) => lineOf(one)));
    const draw = (seed: string) => {
      run('--format', 'csv', '--sample', '5', '--seed', seed, input(), output());
      return cells(written()).map((row) => row['post_id']);
    };
    const refs = posts.map(({ post_id: id }) => refKey({ platform: 'tiktok', kind: 'post', id }));
    const expected = drawSample(
      refs.map((ref) => ({ ref, stratum: '' })),
      { size: 5, seed: 'spring' },
    );
    expect(draw('spring').map((id) => `tiktok:post:${id}`)).toEqual(expected);
    expect(draw('autumn')).not.toEqual(draw('spring'));
  });

  test.each([
    [['--format', 'nonsense'], '--format must be one of csv'],
    [['--format', 'csv', '--preset', 'nonsense'], '--preset must be one of native'],
    [['--format', 'csv', '--table', 'nonsense'], '--table must be one of post'],
    [['--format', 'csv', '--columns', 'post_id,nonsense'], '--columns: no column is called nonsense'],
    [['--format', 'csv', '--personal', 'nonsense'], '--personal must be one of pseudonyms, omit, include'],
    [['--format', 'csv', '--time-zone', 'nonsense'], '--time-zone: no zone is called nonsense'],
    [['--format', 'csv', '--sample', '5'], '--sample and --seed belong together'],
    [['--format', 'csv', '--sample', 'few', '--seed', 'x'], '--sample must be a whole number'],
    [['--format', 'zeeschuimer', '--personal', 'include', '--table', 'author'], 'zeeschuimer holds no authors'],
    [['--format', 'ndjson', '--personal', 'include', '--preset', 'native'], 'a form of its own'],
    [['--format', 'csv', '--nonsense'], "Unknown option '--nonsense'"],
  ])('%j is refused in words', (args, words) => {
    expect(() => readCall([...args, input(), output()])).toThrow(words);
    expect(() => readCall([...args, input(), output()])).toThrow(UsageError);
  });
});
