/** Projects, deletion, retention and room as the pages ask for them, over a real (in-memory) IndexedDB and storage areas. */
// The browser comes before what looks for it.
import { fakeBrowser } from '../storage/fake-browser.samples.ts';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Job } from '../core/job.ts';
import { toObservation } from '../core/observation.ts';
import { postRecord } from '../core/record.samples.ts';
import { noSighting } from '../core/record.ts';
import type { RefKey } from '../core/ref.ts';
import { createTranslator } from '../i18n/index.ts';
import { newJob } from '../jobs/job.ts';
import type { Input, MessageName, Output, WorkerEvent } from '../messaging/protocol.ts';
import { connectCredentials, connectData, connectSession, type DataDatabase } from '../storage/database.ts';
import { fullSince, getProjects, lastRetention, resetProjects } from '../storage/items.ts';
import * as kept from '../storage/jobs.ts';
import { keepsRaw } from '../storage/projects.ts';
import { addObservations } from '../storage/records.ts';
import { writeBuffer } from '../storage/session-buffer.ts';
import { createKeeping } from './keeping.ts';
import { createRetention } from './retention.ts';

const dayMs = 86_400_000;
let clock = { now: () => 0 };
let now = 0;
let databases = 0;
let data: () => Promise<DataDatabase>;
let database: DataDatabase;
let credentials: ReturnType<typeof connectCredentials>;
let session: ReturnType<typeof connectSession>;
let told: WorkerEvent[];
let keeping: ReturnType<typeof createKeeping>;

beforeEach(async () => {
  fakeBrowser.reset();
  await resetProjects();
  now = Date.UTC(2026, 10, 21);
  clock = { now: () => now };
  const name = `app-keeping-${(databases += 1)}`;
  [data, credentials, session] = [connectData(name), connectCredentials(`${name}-c`), connectSession(`${name}-s`)];
  database = await data();
  told = [];
  keeping = createKeeping({
    data,
    session,
    credentials,
    clock,
    translator: async () => createTranslator('en'),
    saveOpenPages: async () => undefined,
    jobs: {
      list: () => kept.getJobs(database),
      remove: (id) => kept.deleteJob(database, id),
      wake: () => undefined,
    },
    tell: (event) => void told.push(event),
  });
});
afterEach(() => vi.restoreAllMocks());

const page = { url: null, tabId: null, from: 'page' } as const;

function ask<Name extends MessageName & keyof typeof keeping.handlers>(
  name: Name,
  input: Input<Name>,
): Promise<Output<Name>> {
  const handler = keeping.handlers[name] as unknown as (
    input: Input<Name>,
    sender: typeof page,
  ) => Promise<Output<Name>>;
  return handler(input, page);
}

const refOf = (id: string): RefKey => `tiktok:post:${id}`;

async function save(
  ids: readonly string[],
  project = 'default',
  at = now,
  handle: string | null = null,
): Promise<void> {
  await addObservations(
    database,
    ids.map((id) => toObservation(postRecord({ post_id: id, author_handle: handle, fetched_at: at, observed_at: at }))),
    ids.map((id) => ({ project, ref_key: refOf(id), saved_at: at, sighting: noSighting, page_url: null })),
  );
}

function jobOf(project: string, refs: readonly RefKey[]): Promise<void> {
  const plan = { kind: 'batch', refresh: false } as const;
  const job: Job = newJob({ id: `job-${project}`, name: 'j', project, plan, total: refs.length, now });
  return kept.createJob(database, job, refs);
}

describe('a project', () => {
  test('has settings of its own: what is left out of a change stays', async () => {
    const [first] = await ask('project.list', {});
    expect(first).toMatchObject({ id: 'default', name: '', keepRaw: true, retentionDays: null });
    const [other] = await ask('project.create', { name: 'Study B' });
    await ask('project.change', { id: 'default', name: 'Study A', keepRaw: false, retentionDays: 30 });
    const [, changed] = await ask('project.change', { id: 'default', keepRaw: undefined });
    expect(changed).toMatchObject({ id: 'default', name: 'Study A', keepRaw: false, retentionDays: 30 });
    expect(other).toMatchObject({ name: 'Study B', keepRaw: true });
    expect([await keepsRaw('default'), await keepsRaw(other!.id), await keepsRaw(null)]).toEqual([false, true, true]);
    expect(told).toContainEqual({ event: 'projects.changed' });
  });

  test('takes stored things in and out', async () => {
    await save(['1', '2']);
    const [other] = await ask('project.create', { name: 'Study B' });
    await ask('project.add', { id: other!.id, refs: [refOf('1'), refOf('404')] });
    await ask('project.remove', { id: 'default', refs: [refOf('1')] });
    const projects = await ask('project.list', {});
    expect(projects.map(({ savedCount }) => savedCount)).toEqual([1, 1]);
    expect((await ask('storage.summary', {})).records).toBe(2);
  });

  test('has a key that its file explains; it goes with the project', async () => {
    const [other] = await ask('project.create', { name: 'Study B' });
    const file = await ask('project.key', { id: other!.id });
    expect(file.name).toBe('clipscope-pseudonym-key-2026-11-21.json');
    const { about, key_hex: key, project } = JSON.parse(file.text) as Record<string, string>;
    expect([about?.includes('pseudonyms'), key, project]).toEqual([
      true,
      expect.stringMatching(/^[0-9a-f]{64}$/u),
      'Study B',
    ]);
    expect(await ask('project.key', { id: other!.id })).toEqual(file);
    await ask('project.delete', { id: other!.id, data: false });
    expect(await (await credentials()).count('pseudonym_keys')).toBe(0);
  });

  test('is deleted with what is in no other one, and its jobs', async () => {
    await save(['1', '2']);
    const [other] = await ask('project.create', { name: 'Study B' });
    await save(['2', '3'], other!.id);
    await jobOf(other!.id, [refOf('3')]);
    await ask('project.record', { id: other!.id, recording: true });
    expect(await ask('project.delete', { id: other!.id, data: true })).toEqual({ records: 1, observations: 1 });
    expect(await database.getAllKeys('records')).toEqual([refOf('1'), refOf('2')]);
    expect(await kept.getJobs(database)).toEqual([]);
    const [left, ...none] = await ask('project.list', {});
    // Another one is the active one.
    expect([left?.id, left?.recording, none]).toEqual(['default', false, []]);
    expect(await ask('deletion.list', {})).toEqual([
      { at: now, cause: 'project', project: 'Study B', records: 1, observations: 1 },
    ]);
  });

  test('is deleted without what is in it: that stays, and its jobs go on in another', async () => {
    const [other] = await ask('project.create', { name: 'Study B' });
    await save(['1'], other!.id);
    await jobOf(other!.id, [refOf('1')]);
    expect(await ask('project.delete', { id: other!.id, data: false })).toEqual({ records: 0, observations: 0 });
    expect(await database.count('records')).toBe(1);
    expect(await database.count('memberships')).toBe(0);
    expect((await kept.getJobs(database))[0]).toMatchObject({ project: 'default' });
    expect(await ask('deletion.list', {})).toEqual([]);
  });

  test('is not deleted where it is the last one, or none', async () => {
    await save(['1']);
    await expect(ask('project.delete', { id: 'default', data: true })).rejects.toMatchObject({
      code: 'bad_request',
      details: { advice: 'error_last_project' },
    });
    await ask('project.create', { name: 'Study B' });
    await expect(ask('project.delete', { id: 'none', data: true })).rejects.toMatchObject({ code: 'not_found' });
    expect(await database.count('records')).toBe(1);
  });
});

describe('deleting', () => {
  test('chosen things is logged by their number only', async () => {
    await save(['1', '2']);
    expect(await ask('data.delete_refs', { refs: [refOf('1')] })).toEqual({ records: 1, observations: 1 });
    const log = await ask('deletion.list', {});
    expect(log).toEqual([{ at: now, cause: 'selection', project: null, records: 1, observations: 1 }]);
    expect(told).toContainEqual({ event: 'library.changed' });
    expect(told).toContainEqual({ event: 'record.changed', ref: refOf('1') });
  });

  test('a person takes it out of what open tabs hold as well', async () => {
    await save(['1'], 'default', now, 'tin.roof');
    await save(['2'], 'default', now, 'somebody');
    const buffered = ['5', '6'].map((id, index) =>
      toObservation(postRecord({ post_id: id, author_handle: index === 0 ? 'tin.roof' : 'somebody' })),
    );
    await writeBuffer(await session(), 7, { observations: buffered });
    expect(await ask('person.delete', { ref: 'tiktok:author:tin.roof' })).toEqual({ records: 1, observations: 1 });
    expect((await (await session()).getAll('observations')).map(({ ref_key: ref }) => ref)).toEqual([refOf('6')]);
    const log = await ask('deletion.list', {});
    expect(log).toMatchObject([{ cause: 'person', project: null, records: 1 }]);
    expect(JSON.stringify(log)).not.toContain('tin.roof');
    await expect(ask('person.delete', { ref: 'tiktok:hashtag:rain' })).rejects.toMatchObject({ code: 'bad_request' });
  });

  test('everything ends the jobs, the projects and their keys', async () => {
    await save(['1']);
    await jobOf('default', [refOf('1')]);
    const [other] = await ask('project.create', { name: 'Study B' });
    await ask('project.key', { id: other!.id });
    expect(await ask('data.delete', {})).toEqual({ observations: 0, records: 0, cachedLookups: 0 });
    expect([await database.count('jobs'), await database.count('job_items')]).toEqual([0, 0]);
    expect(await (await credentials()).count('pseudonym_keys')).toBe(0);
    expect((await ask('project.list', {})).map(({ id }) => id)).toEqual(['default']);
    expect(await ask('deletion.list', {})).toMatchObject([{ cause: 'all', records: 1, observations: 1 }]);
    expect(told).toContainEqual({ event: 'data.deleted' });
  });
});

describe('retention', () => {
  const retention = () =>
    createRetention({
      data,
      projects: getProjects,
      lastRun: lastRetention,
      clock,
      tell: (event) => void told.push(event),
    });

  test('deletes of each project what it has kept for longer than it says, and logs it', async () => {
    await save(['1'], 'default', now - 31 * dayMs);
    await save(['2'], 'default', now - 29 * dayMs);
    await ask('project.change', { id: 'default', name: 'Study A', retentionDays: 30 });
    await ask('project.create', { name: 'Study B' });
    expect(await retention().run()).toEqual({ records: 1, observations: 1 });
    expect(await database.getAllKeys('records')).toEqual([refOf('2')]);
    expect(await ask('deletion.list', {})).toMatchObject([{ cause: 'retention', project: 'Study A', records: 1 }]);
  });

  test('is done once a day, and when a clock was set back', async () => {
    await ask('project.change', { id: 'default', retentionDays: 1 });
    const runs = async (): Promise<number> => {
      await save(['1'], 'default', now - 2 * dayMs);
      return (await retention().runIfDue()).records;
    };
    expect(await runs()).toBe(1);
    now += dayMs / 2;
    expect(await runs()).toBe(0);
    now += dayMs / 2;
    expect(await runs()).toBe(1);
    now -= 30 * dayMs;
    expect(await runs()).toBe(1);
  });

  test('wakes the worker by an alarm of its own, and begins where it is overdue', async () => {
    await ask('project.change', { id: 'default', retentionDays: 1 });
    await save(['1'], 'default', now - 2 * dayMs);
    keeping.start();
    await vi.waitFor(async () => expect(await database.count('records')).toBe(0));
    await vi.waitFor(async () => expect(await fakeBrowser.alarms.get('clipscope-retention')).toBeDefined());
    await save(['2'], 'default', now - 2 * dayMs);
    now += dayMs;
    await fakeBrowser.alarms.onAlarm.trigger({ name: 'another', scheduledTime: now, persistAcrossSessions: false });
    await fakeBrowser.alarms.onAlarm.trigger({
      name: 'clipscope-retention',
      scheduledTime: now,
      persistAcrossSessions: false,
    });
    await vi.waitFor(async () => expect(await database.count('records')).toBe(0));
  });
});

describe('room', () => {
  beforeEach(() => {
    vi.stubGlobal('navigator', { storage: { estimate: async () => ({ usage: 5, quota: 50 }) } });
  });
  afterEach(() => vi.unstubAllGlobals());

  /** The browser has no room for records. */
  function full(): void {
    // oxlint-disable-next-line typescript/unbound-method -- called with its own store below
    const write = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function refuse(this: IDBObjectStore, ...given) {
      if (this.name === 'records') throw new DOMException('no room', 'QuotaExceededError');
      return write.apply(this, given);
    });
  }

  test('that is gone is told, ends the recording, and is forgotten with the next save', async () => {
    keeping.start();
    await ask('project.record', { id: 'default', recording: true });
    expect(await ask('storage.room', {})).toEqual({ used: 5, quota: 50, fullSince: null });
    full();
    await expect(save(['1'])).rejects.toMatchObject({ code: 'storage_full' });
    await vi.waitFor(async () => expect((await ask('project.list', {}))[0]?.recording).toBe(false));
    const since = now;
    expect((await ask('storage.room', {})).fullSince).toBe(since);
    now += 1_000;
    await expect(save(['1'])).rejects.toMatchObject({ code: 'storage_full' });
    expect(await fullSince.get()).toBe(since);
    vi.restoreAllMocks();
    await save(['1']);
    await vi.waitFor(async () => expect((await ask('storage.room', {})).fullSince).toBeNull());
  });

  test('of which the browser says nothing is not known', async () => {
    vi.stubGlobal('navigator', { storage: { estimate: () => Promise.reject(new Error('refused')) } });
    expect(await ask('storage.room', {})).toEqual({ used: null, quota: null, fullSince: null });
  });
});
