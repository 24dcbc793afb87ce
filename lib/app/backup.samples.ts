/** For tests: data with rows in every store, of invented people; a backup of it as text, and a restore of one. */
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Alert, Job, JobItem } from '../core/job.ts';
import { toObservation, type Observation } from '../core/observation.ts';
import { bareRecords, postRecord, productRecord, skuRecord } from '../core/record.samples.ts';
import { noSighting } from '../core/record.ts';
import type { RefKey } from '../core/ref.ts';
import { defaultSettings } from '../core/settings.ts';
import { newJob } from '../jobs/job.ts';
import { newDatabaseName } from '../jobs/quiet.samples.ts';
import type { BackupSettings } from '../messaging/project-models.ts';
import { connectData, type DataDatabase, type Membership } from '../storage/database.ts';
import { createJob } from '../storage/jobs.ts';
import { addObservations } from '../storage/records.ts';
import { backupData } from './backup.ts';
import { restoreData, type Restored } from './restore.ts';

export const madeAt = Date.UTC(2026, 10, 21, 22, 30);

export function newData(): Promise<DataDatabase> {
  return connectData(newDatabaseName())();
}

export const backupSettings: BackupSettings = {
  projects: [
    { id: 'default', name: '', recording: true, keepRaw: true, retentionDays: null },
    { id: 'study', name: '穿搭 "2026" 👗', recording: true, keepRaw: false, retentionDays: 90 },
  ],
  settings: { ...defaultSettings, language: 'zh_CN', dailyLimits: { gateway: 500 } },
  views: [{ id: 'view-1', name: 'Most viewed', state: '{"version":1}' }],
};

export const postRef: RefKey = 'tiktok:post:7528963259874125698';
const text = '{"id":"7528963259874125698","desc":"a quiet day 🌧"}';

async function sha256(of: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(of));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export async function observations(): Promise<readonly Observation[]> {
  const raw_sha256 = await sha256(text);
  const figure = { precision: 'exact', source: 'stats', observed_at: 5_000, fetched_at: 5_000 } as const;
  const seen = (view_count: number, observed_at: number): Observation =>
    toObservation(
      postRecord({
        caption: 'line\u2028break \uD83D',
        view_count,
        observed_at,
        raw_sha256,
        figures: { view_count: figure },
      }),
      text,
    );
  return [
    ...Object.values(bareRecords).map((record) => toObservation(record)),
    seen(10, 5_000),
    seen(0, 6_000),
    toObservation(productRecord({ product_name: '连衣裙', observed_at: 7_000 })),
    toObservation(skuRecord({ sku_name: '红 / M', observed_at: 7_000 })),
  ];
}

export const membership: Membership = {
  project: 'study',
  ref_key: postRef,
  saved_at: 8_000,
  sighting: { ...noSighting, query_type: 'search', query_text: '穿搭', result_rank: 3, last_seen_at: 8_000 },
  page_url: 'https://www.tiktok.com/search',
};

function jobOf(id: string, plan: Job['plan'], total: number): Job {
  return newJob({ id, name: `Job ${id}`, project: 'study', plan, total, now: 9_000 });
}

export const itemRefs = Array.from(
  { length: 430 },
  (_, at): RefKey => `douyin:post:74011223344${String(at).padStart(8, '0')}`,
);

export const alert: Alert = {
  id: 'alert-1',
  job: 'watch',
  ref: 'douyin:product:3514269087712345678',
  at: 9_500,
  rule: { kind: 'price_below', minor: 9900 },
  before: 12_900,
  after: 8_900,
  currency: 'CNY',
  about: null,
  seen: false,
};

/** Fills every store that a backup holds; `things` of one job. */
export async function fill(database: DataDatabase, things = 12): Promise<void> {
  const bare: Membership = { ...membership, ref_key: 'douyin:post:7401122334455667788', page_url: null };
  await addObservations(database, await observations(), [membership, bare]);
  await database.put('annotations', {
    ref_key: postRef,
    tags: ['rain', '下雨'],
    note: 'second look',
    changed_at: 8_500,
  });
  await database.add('deletions', { at: 8_600, cause: 'person', project: null, records: 3, observations: 9 });
  await database.add('deletions', { at: 8_600, cause: 'retention', project: 'Old', records: 1, observations: 1 });
  await createJob(database, jobOf('batch', { kind: 'batch', refresh: false }, things), itemRefs.slice(0, things));
  const watch = { kind: 'watchlist', everyMs: 3_600_000, rules: [alert.rule] } as const;
  await createJob(database, jobOf('watch', watch, 1), [alert.ref]);
  await database.put('job_items', await mark(database));
  await database.add('alerts', alert);
  await database.put('lookups', { ref_key: postRef, provider: 'gateway', fetched_at: 1, used_at: 1, error: null });
}

async function mark(database: DataDatabase): Promise<JobItem> {
  const item = await database.get('job_items', ['batch', 0]);
  if (!item) throw new Error('The job has no things.');
  return { ...item, state: 'running', attempts: 1 };
}

/** A backup as its lines. */
export async function backupLines(database: DataDatabase, settings = backupSettings): Promise<readonly string[]> {
  const { blob } = await backupData(database, settings, { now: madeAt, extensionVersion: '0.9.0' }, () => {});
  return gunzipSync(new Uint8Array(await blob.arrayBuffer()))
    .toString('utf8')
    .split('\n')
    .filter(Boolean);
}

export function fileOf(lines: readonly (string | object)[], isPacked = false): Blob {
  const whole = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
  return new Blob([isPacked ? new Uint8Array(gzipSync(whole)) : whole]);
}

export function restore(database: DataDatabase, file: Blob): Promise<Restored> {
  return restoreData(database, file, () => {});
}

export const header = {
  format: 'clipscope-backup',
  version: 1,
  made_at: madeAt,
  extension_version: '0.9.0',
  counts: {},
};

/** Everything in the stores that a backup brings back or makes again. */
export async function contentOf(database: DataDatabase): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const names = ['observations', 'records', 'summaries', 'memberships', 'raws', 'annotations', 'deletions'] as const;
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await database.getAll(name)] as const)));
}
