/**
 * The index of everything that is stored: short rows only, so that a hundred thousand of them fit. Read when the library is
 * opened, and kept true by reading again what has changed.
 */
import { type RecordSummary, summaryType } from '../../core/record-summary.ts';
import { type RecordType, type Sighting, recordTypes } from '../../core/record.ts';
import type { RefKey } from '../../core/ref.ts';
import type { LibraryFacts, Progress } from '../../messaging/library-models.ts';
import { getAnnotations } from '../../storage/annotations.ts';
import type { Annotation, DataDatabase, Membership } from '../../storage/database.ts';
import {
  countSummaries,
  eachSummary,
  getSummaries,
  hasSummaries,
  keepCount,
  lastCount,
  makeSummaries,
  summariseAgain,
} from '../../storage/summaries.ts';
import { factsOf } from './library-facts.ts';
import { eachMembership, membershipsOf } from './stored.ts';
import { createTypeIndex, type TypeIndex } from './type-index.ts';

export interface LibraryIndex {
  of(type: RecordType): TypeIndex;
  /** Those of the types that there is something of, the largest first. */
  all(): readonly TypeIndex[];
  facts(): LibraryFacts;
  /** Takes in what was saved; again is no second time. */
  save(membership: Membership): void;
  hasMemberships(): boolean;
  /**
   * Resolves once all of them are taken in; they are read once, or again where that failed. `idle`: nobody waits for them,
   * and what else is asked comes first; until somebody does.
   */
  memberships(database: DataDatabase, idle?: () => Promise<void>): Promise<void>;
  /** Everything that it lists. */
  refs(): readonly RefKey[];
  /** The things that something is written on. */
  annotated(): Iterable<RefKey>;
  /** Whether the index says just this of a thing; of things that it does not list, anything is right. */
  isAnnotated(annotation: Annotation): boolean;
  checkProjects(): ProjectCheck;
  /** Reads these again, as they are stored now. */
  reread(database: DataDatabase, refs: readonly RefKey[]): Promise<void>;
}

/** Compares the memberships that are stored with those of the index. */
export interface ProjectCheck {
  /** False: the index says otherwise. Of things that it does not list, anything is right. */
  saw(project: string, ref: RefKey): boolean;
  /** Things that the index says are in a project in which they were not seen. */
  unseen(): readonly RefKey[];
}

/** Things that are read again at once. */
const refsAtOnce = 500;

const sightingFields: readonly Exclude<keyof Sighting, 'last_seen_at'>[] = [
  'query_type',
  'query_text',
  'page_tab',
  'feed_personalised',
  'result_rank',
  'shown_on_page',
  'first_seen_at',
];

/** Reads everything. Data that is older than summaries is summarised first, which takes a while, and only once. */
export async function readLibrary(
  database: DataDatabase,
  progress: (progress: Progress) => void,
): Promise<LibraryIndex> {
  if (!(await hasSummaries(database))) {
    const records = await database.count('records');
    await makeSummaries(database, (done) => progress({ done, total: records }));
  }
  const index = createLibraryIndex();
  const before = await lastCount(database);
  let total = before;
  if (total === null) {
    countSummaries(database).then(
      (count) => (total = count),
      // Whatever ails the data, the reading tells of it.
      () => undefined,
    );
  }
  let done = 0;
  const old: RefKey[] = [];
  for await (const summaries of eachSummary(database)) {
    for (const summary of summaries) if (!index.put(summary)) old.push(summary.ref_key);
    done += summaries.length;
    progress({ done, total: total === null ? null : Math.max(total, done) });
  }
  for (const summary of await summariseAgain(database, old)) index.put(summary);
  for (const annotation of (await getAnnotations(database, null)).values()) index.annotate(annotation);
  if (done !== before) await keepCount(database, done);
  progress({ done, total: done });
  return index;
}

/** What an index is while it is being read. */
export interface OpenIndex extends LibraryIndex {
  /** False: the summary is of another version. */
  put(summary: RecordSummary): boolean;
  annotate(annotation: Annotation): void;
}

/** An empty index. `isPart`: it will hold some things only, from which nothing can be said of the others. */
export function createLibraryIndex(options: { readonly isPart?: boolean } = {}): OpenIndex {
  const indexes = new Map<RecordType, TypeIndex>();
  const homes = new Map<RefKey, TypeIndex>();
  const written = new Set<RefKey>();
  let reading: Promise<void> | null = null;
  let hasRead = false;
  const hurried = Promise.withResolvers<void>();

  function of(type: RecordType): TypeIndex {
    const known = indexes.get(type) ?? createTypeIndex(type, options);
    indexes.set(type, known);
    return known;
  }

  function put(summary: RecordSummary): boolean {
    const type = summaryType(summary.form);
    if (type === null) return false;
    const home = of(type);
    home.put(summary);
    homes.set(summary.ref_key, home);
    return true;
  }

  function placeOf(ref: RefKey): { readonly home: TypeIndex; readonly row: number } | null {
    const home = homes.get(ref);
    const row = home?.rowOf(ref) ?? null;
    return home && row !== null ? { home, row } : null;
  }

  /** Of several projects the one that it was first saved into tells where it was met. */
  function save(membership: Membership): void {
    const place = placeOf(membership.ref_key);
    if (!place) return;
    const { home, row } = place;
    const column = home.field('projects');
    const before = column?.kind === 'list' ? (column.get(row) ?? []) : [];
    home.setOwn(row, 'projects', [...new Set([...before, membership.project])]);
    const savedAt = home.field('saved_at')?.get(row) ?? null;
    const isFirst = typeof savedAt !== 'number' || membership.saved_at < savedAt;
    if (isFirst) {
      home.setOwn(row, 'saved_at', membership.saved_at);
      for (const field of sightingFields) home.setOwn(row, field, membership.sighting[field]);
    }
    const lastSeen = home.field('last_seen_at')?.get(row) ?? null;
    const seen = Math.max(typeof lastSeen === 'number' ? lastSeen : 0, membership.sighting.last_seen_at ?? 0);
    home.setOwn(row, 'last_seen_at', seen === 0 ? null : seen);
  }

  function annotate({ ref_key: ref, tags, note }: Annotation): void {
    const place = placeOf(ref);
    if (!place) return;
    if (tags.length > 0 || note !== '') written.add(ref);
    else written.delete(ref);
    place.home.setOwn(place.row, 'tags', tags);
    place.home.setOwn(place.row, 'note', note === '' ? null : note);
    place.home.setWritten(place.row, [...tags, note].join('\n').trim());
  }

  function forgetOwn(ref: RefKey): void {
    const place = placeOf(ref);
    if (!place) return;
    for (const field of ['projects', 'saved_at', 'last_seen_at'] as const) place.home.setOwn(place.row, field, null);
    for (const field of sightingFields) place.home.setOwn(place.row, field, null);
    annotate({ ref_key: ref, tags: [], note: '', changed_at: 0 });
  }

  return {
    of,
    put,
    save,
    annotate,
    refs: () => [...homes.keys()],
    annotated: () => written,
    isAnnotated({ ref_key: ref, tags, note }) {
      const place = placeOf(ref);
      if (!place) return true;
      const known = place.home.field('tags')?.get(place.row) ?? [];
      const knownNote = place.home.field('note')?.get(place.row) ?? '';
      return knownNote === note && Array.isArray(known) && known.join('\n') === tags.join('\n');
    },
    all: () => [...indexes.values()].filter((one) => one.count() > 0).sort((a, b) => b.count() - a.count()),
    checkProjects() {
      const seen = new Map([...indexes.values()].map((home) => [home, new Int32Array(home.refs.length)]));
      const projectsOf = (home: TypeIndex, row: number): readonly string[] => {
        const column = home.field('projects');
        return column?.kind === 'list' ? (column.get(row) ?? []) : [];
      };
      return {
        saw(project, ref) {
          const place = placeOf(ref);
          if (!place) return true;
          const counts = seen.get(place.home);
          if (counts) counts[place.row] = (counts[place.row] ?? 0) + 1;
          return projectsOf(place.home, place.row).includes(project);
        },
        unseen: () =>
          [...seen].flatMap(([home, counts]) =>
            home.refs.filter(
              (ref, row) => home.rowOf(ref) === row && (counts[row] ?? 0) < projectsOf(home, row).length,
            ),
          ),
      };
    },
    hasMemberships: () => hasRead,
    memberships(database, idle) {
      if (!idle) hurried.resolve();
      reading ??= (async () => {
        for await (const some of eachMembership(database)) {
          some.forEach(save);
          if (idle) await Promise.race([idle(), hurried.promise]);
        }
        hasRead = true;
      })();
      reading.catch(() => (reading = null));
      return reading;
    },
    facts: () => factsOf(recordTypes.flatMap((type) => indexes.get(type) ?? [])),
    async reread(database, refs) {
      // What was read before must not come in after what is read now.
      await this.memberships(database);
      for (let start = 0; start < refs.length; start += refsAtOnce) {
        const some = refs.slice(start, start + refsAtOnce);
        const [summaries, memberships, annotations] = await Promise.all([
          getSummaries(database, some),
          membershipsOf(database, some),
          getAnnotations(database, some),
        ]);
        some.forEach((ref, place) => {
          const summary = summaries[place];
          if (!summary) {
            homes.get(ref)?.remove(ref);
            homes.delete(ref);
            written.delete(ref);
            return;
          }
          put(summary);
          forgetOwn(ref);
          for (const membership of memberships.get(ref) ?? []) save(membership);
          const annotation = annotations.get(ref);
          if (annotation) annotate(annotation);
        });
      }
    },
  };
}
