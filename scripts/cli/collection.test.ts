/** `inspect` on files in which other programs keep a collection. */
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { toObservation } from '../../lib/core/observation.ts';
import { postRecord } from '../../lib/core/record.samples.ts';
import { ndjsonOf, zeeschuimerFiles } from '../../lib/importers/zeeschuimer.samples.ts';
import { runCli } from './run-cli.ts';

// Each call starts a process, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const folder = mkdtempSync(join(tmpdir(), 'clipscope-collection-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function save(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  const savedAt = new Date('2026-11-01T12:00:00Z');
  utimesSync(path, savedAt, savedAt);
  return path;
}

test('a file of Zeeschuimer’s, with what cannot be read of it', () => {
  const path = save('zeeschuimer.ndjson', `${ndjsonOf(zeeschuimerFiles['tiktok.com'])}{"nav\n`);
  const { exitCode, values, stderr } = runCli(['inspect', path]);
  expect(exitCode).toBe(0);
  expect(values).toMatchObject([
    {
      record_type: 'post',
      post_id: '7440000000000000001',
      observed_at_utc: '2026-09-01T12:30:15Z',
      collected_via: 'import',
    },
    { record_type: 'product' },
    { post_id: '7440000000000000002' },
    { post_id: '6940000000000000003' },
  ]);
  expect(stderr).toBe(`${path}: line 4: line not json\n${path}: 3 posts, 1 product\n`);
});

test('our own NDJSON', () => {
  const observation = toObservation(postRecord({ caption: '穿搭' }));
  const { exitCode, values } = runCli(['inspect', save('own.ndjson', ndjsonOf([{ clipscope: 1, observation }]))]);
  expect([exitCode, values]).toMatchObject([0, [{ post_id: '7528963259874125698', caption: '穿搭' }]]);
});

test('a table of the Research API', () => {
  const table = 'id,username,view_count,like_count\n7529963259874125001,a,12,3\n7.52E+18,a,1,2\n';
  const { exitCode, values, stderr } = runCli(['inspect', save('research.csv', table)]);
  expect([exitCode, values]).toMatchObject([
    0,
    [{ post_id: '7529963259874125001', view_count: 12, observed_at_utc: null, fetched_at_utc: '2026-11-01T12:00:00Z' }],
  ]);
  expect(stderr).toContain('line 3: id rounded: 7.52E+18');
});

test('a collection without a record is at fault', () => {
  const { exitCode, stdout, stderr } = runCli(['inspect', save('empty.csv', 'id,username,view_count\n,a,1\n')]);
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr).toContain('without a record');
});
