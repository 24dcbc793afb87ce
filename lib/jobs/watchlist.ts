/** Looks at things again and again: when the next look is due, and the look itself. */
import { toAppError, type WireError } from '../core/errors.ts';
import type { Job, JobItem, WatchPlan } from '../core/job.ts';
import type { Clock } from '../core/ports.ts';
import { parseRefKey, type RefKey } from '../core/ref.ts';
import { alertsOf } from './alerts.ts';
import type { LookPorts } from './batch.ts';
import type { ListedThing, Look } from './job-ports.ts';
import { hasNobodyToAsk, isGone, verdictOf } from './verdict.ts';

/** Looks are spread by so much of the time between two, so that a list of things does not ask all at once for ever. */
const jitter = 0.1;

/**
 * Unix ms of the look after the one that was due at `due`, and was made `now`. `random` is from 0 to 1. Looks do not drift
 * with how long each takes; but a look that came late (the machine slept, the provider was down) was one for all the turns
 * that were missed, and the next is counted from now.
 */
export function nextDueAt(due: number, everyMs: number, now: number, random: number): number {
  const distance = Math.round(everyMs * (1 + jitter * (2 * random - 1)));
  const isLate = now - due > everyMs * jitter;
  return (isLate ? now : due) + distance;
}

/**
 * Which posts of an author's list are new: published after the watch began (`since`, Unix ms; an author's older posts are
 * no news), and not known before this look. A post of unknown age may be an old one that came back.
 */
export function newAmong(
  things: readonly ListedThing[],
  knownBefore: ReadonlySet<RefKey>,
  since: number,
): readonly RefKey[] {
  return things
    .filter(({ ref, published_at }) => published_at !== null && published_at > since && !knownBefore.has(ref))
    .map(({ ref }) => ref);
}

/**
 * One look. What is compared with is what was known before the look was due: were the worker to die after its answer was
 * stored, the look that is made again would tell the same.
 */
export async function lookAgain(
  ports: LookPorts & { readonly clock: Clock },
  job: Job,
  plan: WatchPlan,
  item: JobItem,
  signal: AbortSignal,
): Promise<Look> {
  const { ref } = item;
  const due = item.due_at ?? ports.clock.now();
  const before = await ports.knownAt(ref, due);
  let error = await ports.lookup(ref, { refresh: true, signal });
  if (error && isGone(error)) await ports.noteGone(job, ref, error);
  let newPosts: readonly RefKey[] | null = null;
  // An author whom nobody looks up may have a list all the same.
  if (isAskedForPosts(plan, ref) && (error === null || hasNobodyToAsk(error))) {
    const listed = await listedPosts(ports, job, ref, due, signal);
    if ('error' in listed) return { error: listed.error, alerts: [] };
    newPosts = listed.newPosts;
    if (newPosts) error = null;
  }
  if (error === null) await ports.keep(job, ref);
  const after = await ports.knownAt(ref, Number.POSITIVE_INFINITY);
  return { error, alerts: alertsOf(plan, { item, before, after, error, newPosts, now: ports.clock.now() }) };
}

function isAskedForPosts({ rules }: WatchPlan, ref: RefKey): boolean {
  return parseRefKey(ref)?.kind === 'author' && rules.some(({ kind }) => kind === 'new_post');
}

/** The new ones of an author's newest posts; null where nobody lists them. An error is one that the job must wait for. */
async function listedPosts(
  ports: LookPorts & { readonly clock: Clock },
  job: Job,
  ref: RefKey,
  due: number,
  signal: AbortSignal,
): Promise<{ readonly newPosts: readonly RefKey[] | null } | { readonly error: WireError }> {
  try {
    const page = await ports.newestPosts(job, ref, signal);
    if (!page) return { newPosts: null };
    const refs = page.things.map((thing) => thing.ref);
    // Before what has just come is stored.
    const known = await ports.knownAmong(refs, due);
    const newPosts = newAmong(page.things, known, job.created_at);
    await page.keep(new Set(refs));
    return { newPosts };
  } catch (thrown) {
    const error = toAppError(thrown).toWire();
    return verdictOf(error, ports.clock.now()).kind === 'failed' ? { newPosts: null } : { error };
  }
}
