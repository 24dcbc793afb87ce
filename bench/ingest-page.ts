/** The part of the ingest bench that runs in a page of the extension, against the browser's own database. */
import { toObservation, type Observation } from '../lib/core/observation.ts';
import type { AnyRecord } from '../lib/core/record.ts';
import { connectData, type DataDatabase } from '../lib/storage/database.ts';
import { addObservations } from '../lib/storage/records.ts';

const dayMs = 86_400_000;
const start = Date.UTC(2026, 10, 21);

/** What a variant says of itself. */
const told: ReadonlySet<string> = new Set([
  'caption',
  'view_count',
  'author_handle',
  'product_name',
  'price_minor',
  'text',
  'like_count',
]);

/** One of a hundred thousand things: a sample under an id of its own, with figures and words of its own. */
function variant(sample: AnyRecord, index: number): Observation {
  const id = String(7_440_000_000_000_000_000n + BigInt(index) * 104_729n);
  const seen = start + (index % 1_000) * dayMs;
  const figures = Object.fromEntries(
    Object.entries(sample.figures).map(([name, note]) => [name, { ...note, observed_at: seen, fetched_at: seen }]),
  );
  const reasons = Object.entries(sample.missing_reasons).filter(([name]) => !told.has(name));
  const base = {
    ...sample,
    figures,
    missing_reasons: Object.fromEntries(reasons),
    observed_at: seen,
    fetched_at: seen,
  };
  const words = `Number ${index}: rain on a tin roof, ${(index * 7) % 1_013} minutes of it 雨`;
  switch (base.record_type) {
    case 'post':
      return toObservation({
        ...base,
        post_id: id,
        caption: words,
        view_count: index * 13,
        author_handle: `p.${index}`,
      });
    case 'product':
      return toObservation({ ...base, product_id: id, product_name: words, price_minor: 100 + (index % 9_000) });
    case 'comment':
      return toObservation({ ...base, comment_id: id, text: words, like_count: index % 500 });
    default:
      return toObservation(base);
  }
}

/** `from` tells runs apart: the things of two runs are the same only where it is. */
function generated(samples: readonly AnyRecord[], count: number, from: number): readonly Observation[] {
  return Array.from({ length: count }, (_, index) => {
    const sample = samples[index % samples.length];
    if (!sample) throw new Error('no sample');
    return variant(sample, from + index);
  });
}

async function rate(count: number, run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await run();
  return count / ((performance.now() - begun) / 1000);
}

/** The least that could be done: the same rows into the same stores, all in one transaction, unread. */
async function bare(database: DataDatabase, observations: readonly Observation[]): Promise<void> {
  const transaction = database.transaction(['observations', 'records'], 'readwrite', { durability: 'strict' });
  const [rows, records] = [transaction.objectStore('observations'), transaction.objectStore('records')];
  for (const observation of observations) {
    void rows.add(observation);
    const { ref_key, record } = observation;
    void records.put({ ref_key, record, observation_count: 1, differences: [], view_interval: null });
  }
  await transaction.done;
}

async function within<Value>(name: string, run: (database: DataDatabase) => Promise<Value>): Promise<Value> {
  const database = await connectData(name)();
  try {
    return await run(database);
  } finally {
    // Not deleted: what Chromium clears away slows down whatever is measured next. The profile goes.
    database.close();
  }
}

/** Rows (an observation and its record are one) per second. */
export interface IngestRound {
  readonly bare: number;
  readonly fresh: number;
  /** The same once more: all of it is known. */
  readonly known: number;
  /** Another observation of each thing. */
  readonly later: number;
  /** New things that are saved into a project. */
  readonly saved: number;
}

/** `bareFirst`: which of the two that are compared is measured first. */
export async function round(samples: readonly AnyRecord[], count: number, bareFirst: boolean): Promise<IngestRound> {
  const observations = generated(samples, count, 0);
  const again = structuredClone(observations);
  const next = observations.map((said) => ({
    ...said,
    observed_at: said.observed_at + dayMs,
    record: { ...said.record, observed_at: said.observed_at + dayMs },
  }));
  const measureBare = () => within('bench-bare', (database) => rate(count, () => bare(database, observations)));
  const before = bareFirst ? await measureBare() : null;
  return within('bench-own', async (database) => {
    const fresh = await rate(count, async () => expectAdded(await addObservations(database, observations), count));
    const bareRate = before ?? (await measureBare());
    const known = await rate(count, async () => expectAdded(await addObservations(database, again), 0));
    const later = await rate(count, async () => expectAdded(await addObservations(database, next), count));
    const last = observations.at(-1);
    const kept = last && (await database.get('records', last.ref_key));
    if (kept?.observation_count !== 2) throw new Error('the last record is not what it should be');
    const others = generated(samples, count, count);
    const memberships = others.map((observation) => ({
      project: 'default',
      ref_key: observation.ref_key,
      saved_at: start,
      sighting: { ...sightingOf(observation), last_seen_at: start },
      page_url: null,
    }));
    const saved = await rate(count, () => addObservations(database, others, memberships));
    return { bare: bareRate, fresh, known, later, saved };
  });
}

function sightingOf(observation: Observation | undefined) {
  if (!observation) throw new Error('nothing generated');
  const {
    query_type,
    query_text,
    page_tab,
    feed_personalised,
    result_rank,
    shown_on_page,
    first_seen_at,
    last_seen_at,
  } = observation.record;
  return {
    query_type,
    query_text,
    page_tab,
    feed_personalised,
    result_rank,
    shown_on_page,
    first_seen_at,
    last_seen_at,
  };
}

function expectAdded({ added }: { readonly added: number }, wanted: number): void {
  if (added !== wanted) throw new Error(`${added} were new, not ${wanted}`);
}

/** Rows per second of the last ten thousand of so many. */
export async function lastOf(samples: readonly AnyRecord[], total: number): Promise<number> {
  const step = 10_000;
  return within('bench-large', async (database) => {
    let last = 0;
    for (let from = 0; from < total; from += step) {
      const observations = generated(samples, step, from);
      last = await rate(step, async () => expectAdded(await addObservations(database, observations), step));
    }
    return last;
  });
}
