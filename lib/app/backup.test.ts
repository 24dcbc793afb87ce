import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../core/settings.ts';
import { newDatabaseName } from '../jobs/quiet.samples.ts';
import { putCredential, putLogin } from '../storage/credentials.ts';
import { connectCredentials } from '../storage/database.ts';
import { getJobs, getJobItems } from '../storage/jobs.ts';
import { getRaw } from '../storage/raws.ts';
import { addObservations } from '../storage/records.ts';
import type { Progress } from '../messaging/library-models.ts';
import { backupData } from './backup.ts';
import { restoreData } from './restore.ts';
import {
  alert,
  backupLines,
  backupSettings,
  contentOf,
  fileOf,
  fill,
  itemRefs,
  madeAt,
  membership,
  newData,
  observations,
  postRef,
  restore,
} from './backup.samples.ts';

describe('a backup', () => {
  test('is told with its name, its rows and how far it is', async () => {
    const database = await newData();
    await fill(database);
    const told: Progress[] = [];
    const facts = { now: madeAt, extensionVersion: '0.9.0' };
    const file = await backupData(database, backupSettings, facts, (progress) => told.push(progress));
    expect(file.name).toBe('clipscope-backup-2026-11-21.ndjson.gz');
    const lines = await backupLines(database);
    expect(file.rows).toBe(lines.length - 2);
    expect(told.at(-1)?.done).toBe(told.at(-1)?.total);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ format: 'clipscope-backup', version: 1, made_at: madeAt });
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual({
      end: 'clipscope-backup',
      counts: {
        settings: 1,
        projects: 2,
        views: 1,
        observations: 15,
        memberships: 2,
        annotations: 1,
        deletions: 2,
        jobs: 2,
        job_items: 13,
        alerts: 1,
        raws: 1,
      },
    });
  });

  test('holds no key, no login and no key of pseudonyms', async () => {
    const database = await newData();
    await fill(database);
    const credentials = await connectCredentials(newDatabaseName())();
    const secret = 'PLANTED-7f3a';
    await putCredential(credentials, 'gateway', { key: `${secret}-key`, secret: `${secret}-secret` }, () => false);
    const login = {
      access_token: `${secret}-access`,
      refresh_token: `${secret}-refresh`,
      expires_at: 1,
      refresh_expires_at: null,
      scopes: [],
      account: null,
    };
    expect(await putLogin(credentials, 'gateway', login, () => true, 'ends')).toBe(true);
    await credentials.put('pseudonym_keys', { project: 'study', key: `${secret}-pseudonym`, made_at: 1 });
    const planted = {
      projects: backupSettings.projects.map((project) => ({ ...project, key: `${secret}-project` })),
      settings: { ...defaultSettings, apiKey: `${secret}-setting` },
      views: backupSettings.views.map((view) => ({ ...view, token: `${secret}-view` })),
    };
    const file = (await backupLines(database, planted)).join('\n');
    expect(file).toContain('Most viewed');
    expect(file).not.toContain(secret);
  });

  test('of nothing is one that restores nothing', async () => {
    const lines = await backupLines(await newData(), { projects: [], settings: {}, views: [] });
    const { outcome } = await restore(await newData(), fileOf(lines));
    expect(outcome).toEqual({ madeAt, restored: {}, known: 0, problems: 0, truncated: false, error: null });
  });
});

describe('restoring', () => {
  test.each([true, false])('into nothing brings everything back, as it was (packed: %s)', async (isPacked) => {
    const database = await newData();
    await fill(database);
    const other = await newData();
    const { outcome, settings } = await restore(other, fileOf(await backupLines(database), isPacked));
    expect(outcome).toEqual({
      madeAt,
      restored: {
        observations: 15,
        memberships: 2,
        annotations: 1,
        deletions: 2,
        jobs: 2,
        job_items: 13,
        alerts: 1,
        raws: 1,
      },
      known: 0,
      problems: 0,
      truncated: false,
      error: null,
    });
    expect(await contentOf(other)).toEqual(await contentOf(database));
    expect(settings).toEqual(backupSettings);
  });

  test('raw texts can be read afterwards', async () => {
    const database = await newData();
    await fill(database);
    const other = await newData();
    await restore(other, fileOf(await backupLines(database)));
    const [kept] = await other.getAll('raws');
    expect(await getRaw(other, kept?.sha256 ?? '')).toBe('{"id":"7528963259874125698","desc":"a quiet day 🌧"}');
  });

  test('texts that stand in observations, as they did before version 3, are kept beside them', async () => {
    const database = await newData();
    for (const observation of await observations()) await database.add('observations', observation);
    const other = await newData();
    const { outcome } = await restore(other, fileOf(await backupLines(database)));
    expect(outcome).toMatchObject({ restored: { observations: 15 }, problems: 0 });
    expect((await other.getAll('observations')).every((observation) => !('raw' in observation))).toBe(true);
    expect(await other.count('raws')).toBe(1);
  });

  test('jobs arrive paused, with all their things, and what was asked for waits again', async () => {
    const database = await newData();
    await fill(database);
    await database.put('jobs', { ...(await getJobs(database))[0]!, state: 'waiting', resume_at: 99_000 });
    const other = await newData();
    await restore(other, fileOf(await backupLines(database)));
    for (const job of await getJobs(other)) {
      expect(job).toMatchObject({ state: 'paused', resume_at: null, reason: null, changed_at: 9_000 });
    }
    expect(await other.get('jobs', 'batch')).toMatchObject({ counts: { total: 12, queued: 12, done: 0 } });
    expect(await getJobItems(other, 'batch', null, -1)).toMatchObject(
      itemRefs.slice(0, 12).map((ref) => ({ ref, state: 'queued' })),
    );
    expect(await other.getAll('alerts')).toEqual([alert]);
  });

  test('a job that is over stays over', async () => {
    const database = await newData();
    await fill(database);
    await database.put('jobs', { ...(await database.get('jobs', 'batch'))!, state: 'cancelled' });
    const other = await newData();
    await restore(other, fileOf(await backupLines(database)));
    expect((await other.get('jobs', 'batch'))?.state).toBe('cancelled');
  });

  test('twice adds nothing', async () => {
    const database = await newData();
    await fill(database);
    const lines = await backupLines(database);
    const { outcome } = await restore(database, fileOf(lines));
    expect(Object.values(outcome.restored).filter((count) => count > 0)).toEqual([]);
    expect(outcome).toMatchObject({ known: 15 + 2 + 1 + 2 + 2 + 13 + 1 + 1, problems: 0, error: null });
    expect((await backupLines(database)).slice(1)).toEqual(lines.slice(1));
  });

  test('leaves what is here: newer notes, jobs that go on, alerts that were seen, later sightings', async () => {
    const database = await newData();
    await fill(database);
    const file = fileOf(await backupLines(database));
    const note = { ref_key: postRef, tags: [], note: 'third look', changed_at: 8_501 };
    await database.put('annotations', note);
    const job = { ...(await database.get('jobs', 'batch'))!, changed_at: 10_000 };
    await database.put('jobs', job);
    await database.delete('job_items', ['batch', 11]);
    await database.put('alerts', { ...alert, seen: true });
    const seen = { ...membership, sighting: { ...membership.sighting, last_seen_at: 20_000 } };
    await database.put('memberships', seen);
    const { outcome } = await restore(database, file);
    expect(outcome.problems).toBe(0);
    expect(await database.get('annotations', postRef)).toEqual(note);
    expect(await database.get('jobs', 'batch')).toEqual(job);
    expect(await database.count('job_items')).toBe(12);
    expect((await database.get('alerts', alert.id))?.seen).toBe(true);
    expect(await database.get('memberships', ['study', postRef])).toEqual(seen);
  });

  test('takes notes that are newer than those here, and sightings that are later', async () => {
    const database = await newData();
    await fill(database);
    const file = fileOf(await backupLines(database));
    await database.put('annotations', { ref_key: postRef, tags: [], note: 'first look', changed_at: 8_499 });
    await database.put('memberships', {
      ...membership,
      saved_at: 1,
      sighting: { ...membership.sighting, last_seen_at: 2 },
    });
    const { outcome } = await restore(database, file);
    expect(outcome.restored).toMatchObject({ annotations: 1, memberships: 0 });
    expect((await database.get('annotations', postRef))?.note).toBe('second look');
    expect(await database.get('memberships', ['study', postRef])).toMatchObject({
      saved_at: 1,
      sighting: { last_seen_at: 8_000 },
    });
  });

  test('goes together with what another collection says of the same thing', async () => {
    const [one, other] = [await newData(), await newData()];
    await fill(one);
    await fill(other);
    const later = { ...(await observations()).find(({ ref_key: ref }) => ref === postRef)!, observed_at: 70_000 };
    await addObservations(other, [{ ...later, record: { ...later.record, observed_at: 70_000 } }]);
    await restore(one, fileOf(await backupLines(other)));
    expect((await one.get('records', postRef))?.observation_count).toBe(4);
    expect(await one.get('records', postRef)).toEqual(await other.get('records', postRef));
  });

  test('is told in bytes of the file', async () => {
    const database = await newData();
    await fill(database);
    const file = fileOf(await backupLines(database), true);
    const told: Progress[] = [];
    await restoreData(await newData(), file, (progress) => told.push(progress));
    expect(told.at(-1)).toEqual({ done: file.size, total: file.size });
  });
});
