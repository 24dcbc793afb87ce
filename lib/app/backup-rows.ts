/**
 * What a backup's file is made of: a header, one line for each row of each store, and a trailer. Whatever a line says is
 * checked field by field before anything is done with it: somebody else may have written it.
 */
import * as z from 'zod/mini';
import { errorCodes, type WireError } from '../core/errors.ts';
import type { Alert, Job, JobItem } from '../core/job.ts';
import type { Observation } from '../core/observation.ts';
import { pageTypes } from '../core/page-data.ts';
import type { Sighting } from '../core/record.ts';
import { parseObservation } from '../core/record-schema.ts';
import { type Settings, settingsSchema } from '../core/settings.ts';
import { jobPlanSchema, watchRuleSchema } from '../messaging/job-protocol.ts';
import { refKeySchema } from '../messaging/message.ts';
import type { BackupSettings, LibraryView } from '../messaging/project-models.ts';
import { backupProjectSchema, libraryViewSchema } from '../messaging/project-protocol.ts';
import type { Annotation, Deletion, Membership } from '../storage/database.ts';

export const backupFormat = 'clipscope-backup';
/** Counts up when an older Clipscope would misread the file. */
export const backupVersion = 1;

/** The last moment that a date can name (Unix ms). */
const lastMoment = 8.64e15;
const longestText = 2_000_000;

const id = z.string().check(z.minLength(1), z.maxLength(60));
const moment = z.number().check(z.minimum(0), z.maximum(lastMoment));
const maybeMoment = z.nullable(moment);
const count = z.int().check(z.minimum(0), z.maximum(1_000_000_000));
const text = z.string().check(z.maxLength(10_000));
const maybeText = z.nullable(text);
const maybeNumber = z.nullable(z.number());
const maybeFlag = z.nullable(z.boolean());
const counts = z.record(z.string().check(z.maxLength(40)), count);

const sighting = z.object({
  query_type: z.nullable(z.enum(pageTypes)),
  query_text: maybeText,
  page_tab: maybeText,
  feed_personalised: maybeFlag,
  result_rank: maybeNumber,
  shown_on_page: maybeFlag,
  first_seen_at: maybeMoment,
  last_seen_at: maybeMoment,
}) satisfies z.ZodMiniType<Sighting>;

const membership = z.object({
  project: id,
  ref_key: refKeySchema,
  saved_at: moment,
  sighting,
  page_url: maybeText,
}) satisfies z.ZodMiniType<Membership>;

const annotation = z.object({
  ref_key: refKeySchema,
  tags: z.array(z.string().check(z.minLength(1), z.maxLength(10_000))).check(z.maxLength(10_000)),
  note: z.string().check(z.maxLength(longestText)),
  changed_at: moment,
}) satisfies z.ZodMiniType<Annotation>;

const deletion = z.object({
  at: moment,
  cause: z.enum(['retention', 'person', 'project', 'selection', 'all']),
  project: z.nullable(z.string().check(z.maxLength(80))),
  records: count,
  observations: count,
}) satisfies z.ZodMiniType<Deletion>;

const wireError = z.object({
  code: z.enum(errorCodes),
  message: text,
  advice: maybeText,
  parameters: z.array(text).check(z.maxLength(20)),
  provider: maybeText,
  upstreamCode: maybeText,
  upstreamMessage: maybeText,
  retryable: z.boolean(),
  retryAt: maybeMoment,
}) satisfies z.ZodMiniType<WireError>;

const job = z.object({
  id,
  name: z.string().check(z.maxLength(80)),
  project: id,
  plan: jobPlanSchema,
  state: z.enum(['running', 'waiting', 'paused', 'done', 'cancelled']),
  reason: z.nullable(wireError),
  created_at: moment,
  changed_at: moment,
  resume_at: maybeMoment,
  counts: z.object({ total: count, queued: count, done: count, failed: count, skipped: count }),
  active_ms: z.number().check(z.minimum(0)),
  cursor: z.nullable(z.string().check(z.maxLength(longestText))),
  pages: count,
}) satisfies z.ZodMiniType<Job>;

const jobItem = z.object({
  job: id,
  index: count,
  ref: refKeySchema,
  state: z.enum(['queued', 'running', 'done', 'failed', 'skipped']),
  error: z.nullable(wireError),
  attempts: count,
  changed_at: moment,
  due_at: maybeMoment,
}) satisfies z.ZodMiniType<JobItem>;

const alert = z.object({
  id,
  job: id,
  ref: refKeySchema,
  at: moment,
  rule: watchRuleSchema,
  before: maybeNumber,
  after: maybeNumber,
  currency: z.nullable(z.string().check(z.maxLength(10))),
  about: z.nullable(refKeySchema),
  seen: z.boolean(),
}) satisfies z.ZodMiniType<Alert>;

/** A raw text as the file has it: deflated (RFC 1951), in base64. */
const packedRaw = z.object({
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/u)),
  deflated: z.string().check(z.regex(/^[\w+/]*={0,2}$/u)),
  /** Bytes of the text: a text of 8 Mi characters has at most three times as many. */
  size: z.int().check(z.minimum(0), z.maximum(24 * 1024 * 1024)),
});
export type PackedRaw = z.infer<typeof packedRaw>;

const rowSchemas = {
  memberships: membership,
  annotations: annotation,
  deletions: deletion,
  jobs: job,
  job_items: jobItem,
  alerts: alert,
  raws: packedRaw,
  projects: backupProjectSchema,
  views: libraryViewSchema,
};

export interface BackupValues {
  readonly settings: BackupSettings['settings'];
  readonly projects: BackupSettings['projects'][number];
  readonly views: LibraryView;
  readonly observations: Observation;
  readonly memberships: Membership;
  readonly annotations: Annotation;
  readonly deletions: Deletion;
  readonly jobs: Job;
  readonly job_items: JobItem;
  readonly alerts: Alert;
  readonly raws: PackedRaw;
}
export type BackupStore = keyof BackupValues;

export type BackupRow = {
  readonly [Store in BackupStore]: { readonly store: Store; readonly value: BackupValues[Store] };
}[BackupStore];

/** Each setting that can be read; a field that is none of ours is left out. */
export function settingsOf(value: unknown): BackupSettings['settings'] {
  const fields = z.safeParse(z.record(z.string(), z.unknown()), value).data ?? {};
  const read: Partial<Record<keyof Settings, unknown>> = {};
  for (const [name, schema] of Object.entries(settingsSchema.shape)) {
    const field = z.safeParse(schema, fields[name]);
    if (field.success) Reflect.set(read, name, field.data);
  }
  return z.parse(z.partial(settingsSchema), read);
}

const line = z.object({ store: z.string(), value: z.unknown() });

function isRowStore(store: string): store is keyof typeof rowSchemas {
  return Object.hasOwn(rowSchemas, store);
}

/** The row that a line's JSON is; null: none. */
export function readRow(json: unknown): BackupRow | null {
  const parsed = z.safeParse(line, json);
  if (!parsed.success) return null;
  const { store, value } = parsed.data;
  if (store === 'settings') return { store, value: settingsOf(value) };
  if (store === 'observations') {
    const observation = parseObservation(value);
    return observation && { store, value: observation };
  }
  if (!isRowStore(store)) return null;
  const row = z.safeParse(rowSchemas[store], value);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema of this very store has parsed it
  return row.success ? ({ store, value: row.data } as BackupRow) : null;
}

const headerStart = z.object({
  format: z.literal(backupFormat),
  version: z.int().check(z.minimum(1)),
  extension_version: z.unknown(),
  made_at: z.unknown(),
});

export interface BackupHeader {
  readonly version: number;
  /** Of the extension that wrote it. */
  readonly extensionVersion: string;
  /** Unix ms. */
  readonly madeAt: number | null;
}

/** The header that the first line is; null: the file is no backup. */
export function readHeader(json: unknown): BackupHeader | null {
  const parsed = z.safeParse(headerStart, json);
  if (!parsed.success) return null;
  const { version, extension_version: by, made_at: at } = parsed.data;
  const extensionVersion = z.safeParse(z.string().check(z.maxLength(60)), by).data ?? '';
  return { version, extensionVersion, madeAt: z.safeParse(moment, at).data ?? null };
}

const trailer = z.object({ end: z.literal(backupFormat), counts });

/** How many rows the file should have had, where this line is its last; null: it is another line. */
export function readTrailer(json: unknown): number | null {
  const parsed = z.safeParse(trailer, json);
  return parsed.success ? Object.values(parsed.data.counts).reduce((sum, own) => sum + own, 0) : null;
}
