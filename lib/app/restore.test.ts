import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { getJobs } from '../storage/jobs.ts';
import { backupLines, backupSettings, contentOf, fileOf, fill, header, newData, restore } from './backup.samples.ts';

async function made(): Promise<readonly string[]> {
  const database = await newData();
  // More than are read or written at once.
  await fill(database, 430);
  return backupLines(database);
}

let once: Promise<readonly string[]> | null = null;
const lines = (): Promise<readonly string[]> => (once ??= made());

describe('a file that is none', () => {
  const nothing = { madeAt: null, restored: {}, known: 0, problems: 0, truncated: false };

  test.each<readonly [string, BlobPart]>([
    ['nothing', ''],
    ['white space', ' \n\n '],
    ['a table', 'post_id,view_count\n7528963259874125698,12\n'],
    ['another NDJSON', '{"nr":1,"source_platform":"tiktok.com","data":{}}\n'],
    ['a list', '[]\n'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0])],
    ['a ZIP', new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0x14, 0])],
    ['a backup without its first line', `${JSON.stringify({ store: 'settings', value: {} })}\n`],
    ['something packed', new Uint8Array(gzipSync('Dear diary'))],
    ['another format’s header', '{"format":"diary-backup","version":1}\n'],
    ['a version that is none', '{"format":"clipscope-backup","version":"1"}\n'],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x7b, 0, 0x7d, 0])],
    ['one long line', 'x'.repeat(1_000_000)],
  ])('%s is refused with what to do', async (_name, bytes) => {
    const database = await newData();
    const { outcome, settings } = await restore(database, new Blob([bytes]));
    expect(outcome).toMatchObject({ ...nothing, error: { code: 'unsupported', advice: 'error_restore_foreign' } });
    expect(settings).toBeNull();
  });

  test.each<readonly [string, Uint8Array<ArrayBuffer>]>([
    ['cut off in its beginning', new Uint8Array(gzipSync('x'.repeat(99))).slice(0, 14)],
    ['damaged from its beginning', new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff, 0xff, 0xff])],
  ])('packed and %s is told apart', async (_name, bytes) => {
    const { outcome } = await restore(await newData(), new Blob([bytes]));
    expect(outcome).toMatchObject({ ...nothing, error: { code: 'unsupported', advice: 'error_restore_damaged' } });
  });

  test('of a newer version is told with that version, and not touched', async () => {
    const database = await newData();
    const [, ...rest] = await lines();
    const newer = { ...header, version: 2, extension_version: '3.1.0' };
    const { outcome, settings } = await restore(database, fileOf([newer, ...rest]));
    expect(outcome).toMatchObject({
      ...nothing,
      error: { code: 'unsupported', advice: 'error_restore_newer', parameters: ['3.1.0'] },
    });
    expect(settings).toBeNull();
    expect(await database.count('observations')).toBe(0);
  });
});

/** Numbers that hardly pack, so that a place in the packed file is one in the text. */
function notes(count: number): readonly object[] {
  return Array.from({ length: count }, (_, at) => ({
    store: 'annotations',
    value: {
      ref_key: `tiktok:post:${7_440_000_000_000_000_000n + BigInt(at)}`,
      tags: [],
      note: `${Math.sin(at)} ${Math.cos(at)}`,
      changed_at: at,
    },
  }));
}

describe('a file that ends too early', () => {
  test.each([5, 12, 300, 440])('after %i lines gives what came before', async (count) => {
    const database = await newData();
    const all = await lines();
    const { outcome, settings } = await restore(database, fileOf(all.slice(0, count)));
    expect(outcome).toMatchObject({ problems: 0, truncated: true, error: null });
    const restored = Object.values(outcome.restored).reduce((sum, own) => sum + own, 0);
    expect(restored).toBe(count - 1 - 4);
    expect(settings).toEqual(backupSettings);
    for (const job of await getJobs(database)) {
      const range = IDBKeyRange.bound([job.id], [job.id, []]);
      expect(job.counts.total).toBe(await database.count('job_items', range));
    }
    // The whole file then brings the rest.
    const again = await restore(database, fileOf(all));
    expect(again.outcome).toMatchObject({ problems: 0, truncated: false, known: count - 1 - 4 });
    const whole = await newData();
    await restore(whole, fileOf(all));
    expect(await contentOf(database)).toEqual(await contentOf(whole));
    expect(await database.getAll('job_items')).toEqual(await whole.getAll('job_items'));
    expect(await database.getAll('jobs')).toEqual(await whole.getAll('jobs'));
  });

  test('in the middle of a line leaves that one out', async () => {
    const [head = '', ...rest] = await lines();
    const { outcome } = await restore(
      await newData(),
      new Blob([`${head}\n${rest[4]}\n${(rest[5] ?? '').slice(0, 99)}`]),
    );
    expect(outcome).toMatchObject({ restored: { observations: 1 }, problems: 1, truncated: true, error: null });
  });

  test('packed gives what came before the cut', async () => {
    const database = await newData();
    const whole = fileOf([header, ...notes(4_000)], true);
    const { outcome } = await restore(database, whole.slice(0, whole.size - 2_000));
    expect(outcome).toMatchObject({ problems: 0, truncated: true, error: null });
    expect(await database.count('annotations')).toBe(outcome.restored['annotations']);
    expect(outcome.restored['annotations']).toBeGreaterThan(500);
  });

  test('packed and whole but for its sum is not taken for whole', async () => {
    const whole = new Uint8Array(await fileOf(await lines(), true).arrayBuffer());
    whole[whole.length - 6] = (whole[whole.length - 6] ?? 0) ^ 0xff;
    const { outcome } = await restore(await newData(), new Blob([whole]));
    expect(outcome.truncated || outcome.error !== null).toBe(true);
  });

  test('packed and damaged in its middle gives what came before', async () => {
    const whole = new Uint8Array(await fileOf([header, ...notes(4_000)], true).arrayBuffer());
    whole.fill(0xff, whole.length - 9_000, whole.length - 8_000);
    const database = await newData();
    const { outcome } = await restore(database, new Blob([whole]));
    expect(outcome).toMatchObject({ truncated: true, error: null });
    expect(outcome.restored['annotations']).toBeGreaterThan(500);
    expect(await database.count('annotations')).toBe(outcome.restored['annotations']);
  });

  test('with lines taken out of its middle tells how many', async () => {
    const all = await lines();
    const { outcome } = await restore(await newData(), fileOf(all.filter((_line, at) => at !== 6 && at !== 7)));
    expect(outcome).toMatchObject({ restored: { observations: 13 }, problems: 2, truncated: false, error: null });
  });
});

describe('a line that was made up', () => {
  const ref = 'tiktok:post:7528963259874125698';
  const note = { ref_key: ref, tags: [], note: 'x', changed_at: 1 };
  const job = {
    id: 'j',
    name: 'n',
    project: 'p',
    plan: { kind: 'availability' },
    state: 'running',
    reason: null,
    created_at: 1,
    changed_at: 1,
    resume_at: null,
    counts: { total: 9, queued: 9, done: 0, failed: 0, skipped: 0 },
    active_ms: 0,
    cursor: null,
    pages: 0,
  };
  const item = { job: 'j', index: 0, ref, state: 'queued', error: null, attempts: 0, changed_at: 1, due_at: null };
  const bomb = deflateRawSync(Buffer.alloc(30_000_000));

  test.each<readonly [string, string | object]>([
    ['no JSON', '{"store":"annotations"'],
    ['noise', '\u0007\u0001 \uFFFD\uFFFD ~~ '],
    ['a number', '12'],
    ['null', 'null'],
    ['a list', '[1,2,3]'],
    ['10 MB of one letter', 'x'.repeat(10_000_000)],
    ['10 MB of nothing known', `{"store":"annotations","value":"${'x'.repeat(10_000_000)}"}`],
    ['40 MB', `{"store":"annotations","value":"${'x'.repeat(40_000_000)}"}`],
    ['very deep JSON', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
    ['no store', { value: note }],
    ['a store that is not in backups', { store: 'records', value: note }],
    ['the cache', { store: 'lookups', value: { ref_key: ref, provider: 'gateway' } }],
    ['credentials', { store: 'credentials', value: { provider: 'gateway', values: { key: 'x' } } }],
    ['a store of the prototype', { store: '__proto__', value: note }],
    ['a method of the prototype', { store: 'constructor', value: note }],
    ['a note of a wrong type', { store: 'annotations', value: { ...note, note: { toString: 'x' } } }],
    ['a note on no thing', { store: 'annotations', value: { ...note, ref_key: 'tiktok:post:' } }],
    ['a note on a list', { store: 'annotations', value: { ...note, ref_key: [ref] } }],
    ['a note of a time that never comes', { store: 'annotations', value: { ...note, changed_at: 9e15 } }],
    [
      'a note of an endless time',
      `{"store":"annotations","value":{"ref_key":"${ref}","tags":[],"note":"x","changed_at":1e999}}`,
    ],
    ['tags that are a text', { store: 'annotations', value: { ...note, tags: 'x' } }],
    [
      'a membership without its sighting',
      { store: 'memberships', value: { project: 'p', ref_key: ref, saved_at: 1, page_url: null } },
    ],
    [
      'a deletion of a cause that is none',
      { store: 'deletions', value: { at: 1, cause: 'other', project: null, records: 0, observations: 0 } },
    ],
    [
      'an observation of another thing than its record',
      {
        store: 'observations',
        value: {
          ref_key: 'tiktok:author:mira',
          source: 'page',
          observed_at: 1,
          fetched_at: 1,
          record: { record_type: 'post', platform: 'tiktok', post_id: '1', fetched_at: 1 },
        },
      },
    ],
    [
      'an observation whose figures are texts',
      {
        store: 'observations',
        value: {
          ref_key: ref,
          source: 'page',
          observed_at: 1,
          fetched_at: 1,
          record: {
            record_type: 'post',
            platform: 'tiktok',
            post_id: '7528963259874125698',
            fetched_at: 1,
            view_count: '12',
          },
        },
      },
    ],
    ['a job of a plan that is none', { store: 'jobs', value: { ...job, plan: { kind: 'everything' } } }],
    [
      'a job that looks without pause',
      { store: 'jobs', value: { ...job, plan: { kind: 'watchlist', everyMs: 1, rules: [] } } },
    ],
    ['a thing of a job that is not in the file', { store: 'job_items', value: item }],
    ['a thing at a place that is none', { store: 'job_items', value: { ...item, index: 0.5 } }],
    [
      'an alert of a job that is not in the file',
      {
        store: 'alerts',
        value: {
          id: 'a',
          job: 'j',
          ref,
          at: 1,
          rule: { kind: 'removed' },
          before: null,
          after: null,
          currency: null,
          about: null,
          seen: false,
        },
      },
    ],
    [
      'a raw text under another’s hash',
      { store: 'raws', value: { sha256: 'a'.repeat(64), deflated: deflateRawSync('x').toString('base64'), size: 1 } },
    ],
    ['a raw text that is no base64', { store: 'raws', value: { sha256: 'a'.repeat(64), deflated: '_', size: 1 } }],
    ['a raw text that is not packed', { store: 'raws', value: { sha256: 'a'.repeat(64), deflated: 'AAAA', size: 3 } }],
    [
      'a raw text larger than it says',
      { store: 'raws', value: { sha256: 'a'.repeat(64), deflated: bomb.toString('base64'), size: 10 } },
    ],
    [
      'a raw text larger than any',
      { store: 'raws', value: { sha256: 'a'.repeat(64), deflated: bomb.toString('base64'), size: 3e7 } },
    ],
    [
      'a project without its name',
      { store: 'projects', value: { id: 'p', recording: true, keepRaw: true, retentionDays: null } },
    ],
    [
      'a project that keeps nothing',
      { store: 'projects', value: { id: 'p', name: 'p', recording: true, keepRaw: true, retentionDays: -1 } },
    ],
    ['a view that is too large', { store: 'views', value: { id: 'v', name: 'v', state: 'x'.repeat(20_001) } }],
  ])('%s is a problem, and its neighbours are restored', async (_name, line) => {
    const database = await newData();
    const other = 'douyin:post:7401122334455667788';
    const end = { end: 'clipscope-backup', counts: { annotations: 2, other: 1 } };
    const file = fileOf([
      header,
      { store: 'annotations', value: { ...note, ref_key: other } },
      line,
      { store: 'annotations', value: { ...note, ref_key: `${other}1` } },
      end,
    ]);
    const { outcome, settings } = await restore(database, file);
    expect(outcome).toMatchObject({
      restored: { annotations: 2 },
      known: 0,
      problems: 1,
      truncated: false,
      error: null,
    });
    expect(settings).toBeNull();
    expect(await database.count('annotations')).toBe(2);
    for (const store of ['observations', 'memberships', 'deletions', 'jobs', 'job_items', 'alerts', 'raws'] as const) {
      expect(await database.count(store)).toBe(0);
    }
  });

  test('with a prototype of its own changes none', async () => {
    const database = await newData();
    const evil = `{"store":"settings","value":{"__proto__":{"paused":true},"dailyLimits":{"__proto__":5,"gateway":3},"constructor":{"prototype":{"x":1}}}}`;
    const evilNote = `{"store":"annotations","value":{"__proto__":{"note":"x"},"ref_key":"${ref}","tags":[],"note":"y","changed_at":1}}`;
    const evilPost = `{"store":"observations","value":{"ref_key":"${ref}","source":"page","observed_at":1,"fetched_at":1,"record":{"record_type":"post","platform":"tiktok","post_id":"7528963259874125698","fetched_at":1,"figures":{"__proto__":{"precision":"exact"}},"__proto__":{"view_count":7}}}}`;
    const { settings } = await restore(database, fileOf([header, evil, evilNote, evilPost]));
    expect(settings?.settings).toEqual({ dailyLimits: { gateway: 3 } });
    expect(Object.getPrototypeOf(settings?.settings)).toBe(Object.prototype);
    expect(await database.get('annotations', ref)).toEqual({ ref_key: ref, tags: [], note: 'y', changed_at: 1 });
    const [post] = await database.getAll('observations');
    expect(post?.record).toMatchObject({ view_count: null });
    expect(Object.hasOwn(post?.record ?? {}, '__proto__')).toBe(false);
    expect(({} as Record<string, unknown>)['paused']).toBeUndefined();
  });

  test('of settings of another version gives those that can be read', async () => {
    const value = {
      language: 'xx',
      paused: true,
      cacheEntries: -4,
      aiModel: 'none',
      cacheMinutes: { post: 5, product: 6 },
    };
    const { settings, outcome } = await restore(await newData(), fileOf([header, { store: 'settings', value }]));
    expect(settings).toEqual({
      projects: [],
      views: [],
      settings: { paused: true, cacheMinutes: { post: 5, product: 6 } },
    });
    expect(outcome.problems).toBe(0);
  });

  test('in thousands of projects and views gives as many as anybody has', async () => {
    const rows = Array.from({ length: 1_100 }, (_, at) => [
      { store: 'projects', value: { id: `p${at}`, name: '', recording: true, keepRaw: true, retentionDays: null } },
      { store: 'views', value: { id: `v${at}`, name: 'v', state: '' } },
    ]).flat();
    const { settings, outcome } = await restore(await newData(), fileOf([header, ...rows]));
    expect(settings?.projects.length).toBe(1_000);
    expect(settings?.views.length).toBe(50);
    expect(outcome.problems).toBe(100 + 1_050);
  });
});

test('a full disk says so in the middle, and what came before stays', async () => {
  const database = await newData();
  const all = await lines();
  // oxlint-disable-next-line typescript/unbound-method -- called with its own store below
  const add = IDBObjectStore.prototype.add;
  let items = 0;
  const spy = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (
    this: IDBObjectStore,
    ...parameters
  ) {
    if (this.name === 'job_items' && (items += 1) > 410) throw new DOMException('No room.', 'QuotaExceededError');
    return add.apply(this, parameters);
  });
  const { outcome, settings } = await restore(database, fileOf(all));
  spy.mockRestore();
  expect(outcome).toMatchObject({
    restored: { observations: 15, jobs: 1, job_items: 400 },
    truncated: false,
    error: { code: 'storage_full', advice: 'error_restore_full' },
  });
  expect(settings).toEqual(backupSettings);
  expect(await database.count('job_items')).toBe(400);
  expect((await database.get('jobs', 'batch'))?.counts.total).toBe(400);
  const again = await restore(database, fileOf(all));
  expect(again.outcome).toMatchObject({ restored: { job_items: 31, raws: 1 }, error: null });
});
