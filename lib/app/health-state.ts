/**
 * How well the reading of pages goes: per site and hook when it last fitted and what it missed. Kept within bounds, without
 * anything that names a person, a post or an address beyond host and path. What counts:
 *
 * - `dom`: a hook fits with every report in which it finds something new. A page of lists misses `no_items` when the page
 *   loaded items and showed none in two reports, and `no_data` when items are shown for ten seconds and none has data.
 * - `block`: it fits with a record or a status; it misses when it went stale or is no JSON. Blocks that hold nothing of
 *   ours are neither: most do on most pages.
 * - `answer`: it fits with a record or a status; it misses when it is no JSON, or holds neither.
 */
import * as z from 'zod/mini';
import type { HealthEntry } from '../messaging/protocol.ts';
import type { Outline } from './health-outline.ts';

const maximumEntries = 300;
const maximumOutlines = 10;

export interface HealthEvent {
  readonly site: string;
  readonly kind: HealthEntry['kind'];
  readonly name: string;
  /** Null: it fitted. */
  readonly missed: HealthEntry['missed'];
  /** Of an answer that nobody recognised. */
  readonly outline?: AnswerOutline;
}

interface AnswerOutline {
  readonly host: string;
  readonly path: string;
  readonly outline: Outline;
}

const missedSchema = z.nullable(
  z.enum(['no_items', 'unknown_shape', 'not_json', 'stale', 'too_large', 'no_data', 'no_room']),
);
const entrySchema = z.object({
  site: z.string(),
  kind: z.enum(['dom', 'block', 'answer']),
  name: z.string(),
  fits: z.number(),
  lastFitAt: z.nullable(z.number()),
  misses: z.number(),
  lastMissAt: z.nullable(z.number()),
  missed: missedSchema,
});
const outlineSchema = z.object({ host: z.string(), path: z.string(), outline: z.custom<Outline>() });
export const healthSchema = z.object({ entries: z.array(entrySchema), outlines: z.array(outlineSchema) });
export type HealthState = z.infer<typeof healthSchema>;

export const untouched: HealthState = { entries: [], outlines: [] };

/** Hosts and names as they may be told: no digits, which may be ids. */
function withoutIds(text: string): string {
  return text.replaceAll(/\d{3,}/gu, '#').slice(0, 80);
}

function entryAfter(before: HealthEntry | undefined, event: HealthEvent, now: number): HealthEntry {
  const entry = before ?? {
    site: event.site,
    kind: event.kind,
    name: event.name,
    fits: 0,
    lastFitAt: null,
    misses: 0,
    lastMissAt: null,
    missed: null,
  };
  if (event.missed === null) return { ...entry, fits: entry.fits + 1, lastFitAt: now };
  return { ...entry, misses: entry.misses + 1, lastMissAt: now, missed: event.missed };
}

/** The health after these events. Pure; `now`: Unix ms. The entries that were touched longest ago go first. */
export function healthAfter(state: HealthState, given: readonly HealthEvent[], now: number): HealthState {
  const entries = new Map(state.entries.map((entry) => [`${entry.site} ${entry.kind} ${entry.name}`, entry]));
  let outlines: HealthState['outlines'] = state.outlines;
  for (const event of given) {
    const named = { ...event, name: withoutIds(event.name) };
    const key = `${named.site} ${named.kind} ${named.name}`;
    const entry = entryAfter(entries.get(key), named, now);
    entries.delete(key);
    entries.set(key, entry);
    const { outline } = event;
    if (!outline) continue;
    const told = { host: withoutIds(outline.host), path: withoutIds(outline.path), outline: outline.outline };
    outlines = [...outlines.filter(({ path }) => path !== told.path), told].slice(-maximumOutlines);
  }
  return { entries: [...entries.values()].slice(-maximumEntries), outlines };
}
