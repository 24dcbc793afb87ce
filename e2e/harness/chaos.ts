/**
 * A long job in a real browser whose worker is killed and which is closed again and again, at moments drawn by a seed:
 * each thing has its result once, and nothing is paid for twice but what was under way.
 */
import type { Job, JobItem } from '../../lib/core/job.ts';
import type { StorageSummary } from '../../lib/messaging/protocol.ts';
import { createChance } from '../../sandbox/limits.ts';
import type { Session } from './session.ts';

export interface ChaosPlan {
  readonly ids: number;
  readonly kills: number;
  readonly restarts: number;
  readonly seed: number;
  readonly log?: (line: string) => void;
}

export interface ChaosReport {
  readonly ids: number;
  readonly kills: number;
  readonly restarts: number;
  readonly calls: number;
  /** The most calls that are allowed: one for each thing, and those that were under way at each death. */
  readonly allowed: number;
  readonly done: number;
  readonly failed: number;
  readonly observations: number;
  readonly seconds: number;
  /** Why things failed, by the error's code and message. */
  readonly failures: Readonly<Record<string, number>>;
  /** What does not hold; empty where all is well. */
  readonly faults: readonly string[];
}

/** Calls of the gateway that may be under way at once, see lib/providers/gateway.ts. */
const concurrency = 2;
/** Every so manyth thing is one that the provider does not know. */
const missingEach = 20;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A world with so many posts more; resolves with their refs, among them some of posts that are not there. */
function fill({ sandbox }: Session, count: number): { readonly refs: readonly string[]; readonly missing: number } {
  const model = sandbox.world.post(sandbox.world.ids.douyin.video);
  if (!model) throw new Error('The world has no such post.');
  const ids = Array.from({ length: count }, (_, index) => `74888${String(index).padStart(14, '0')}`);
  const isMissing = (index: number): boolean => index % missingEach === missingEach - 1;
  ids.forEach((id, index) => {
    if (!isMissing(index)) sandbox.world.posts.push({ ...model, id });
  });
  return { refs: ids.map((id) => `douyin:post:${id}`), missing: ids.filter((_, index) => isMissing(index)).length };
}

/** After which call what happens, in order; each a moment of its own. */
function draw({
  ids,
  kills,
  restarts,
  seed,
}: ChaosPlan): readonly { readonly after: number; readonly what: 'kill' | 'restart'; readonly ms: number }[] {
  const random = createChance(seed);
  const kinds = [...Array<'kill'>(kills).fill('kill'), ...Array<'restart'>(restarts).fill('restart')];
  return kinds
    .map((what) => ({ after: Math.floor(random() * (ids - 2)), what, ms: Math.floor(random() * 300) }))
    .sort((one, other) => one.after - other.after);
}

async function allItems(session: Session, id: string): Promise<readonly JobItem[]> {
  const items: JobItem[] = [];
  for (;;) {
    const after = items.at(-1)?.index ?? -1;
    const more = await session.ask<JobItem[]>('job.items', { id, state: null, after });
    if (more.length === 0) return items;
    items.push(...more);
  }
}

/** The session's keys must be saved. Never throws for what does not hold: the report says it. */
export async function runChaos(session: Session, plan: ChaosPlan): Promise<ChaosReport> {
  const { sandbox } = session;
  const log = plan.log ?? ((): void => undefined);
  const { refs, missing } = fill(session, plan.ids);
  const before = (await session.ask<StorageSummary>('storage.summary', {})).observations;
  const begunWith = sandbox.calls.length;
  const begun = Date.now();
  const job = await session.ask<Job>('job.create', {
    name: `Chaos ${plan.seed}`,
    project: null,
    plan: { kind: 'batch', refresh: false },
    refs,
  });
  const calls = (): number => sandbox.calls.length - begunWith;
  const current = async (): Promise<Job | undefined> =>
    (await session.ask<Job[]>('job.list', {})).find(({ id }) => id === job.id);
  let kills = 0;
  let restarts = 0;
  const patience = Date.now() + plan.ids * 1_000 + 60_000;
  for (const { after, what, ms } of draw(plan)) {
    while (calls() < after && Date.now() < patience) await pause(5);
    await pause(ms);
    if (what === 'kill') {
      await session.browser.killWorker();
      kills += 1;
    } else {
      await session.restart();
      restarts += 1;
    }
    // Any message starts the worker; by itself an alarm would, within half a minute.
    const now = await current();
    log(`${what} after ${calls()} calls: ${now?.counts.done} done, ${now?.counts.failed} failed`);
  }
  let end = await current();
  while (end?.state === 'running' && Date.now() < patience) {
    await pause(200);
    end = await current();
  }
  const items = await allItems(session, job.id);
  const { observations } = await session.ask<StorageSummary>('storage.summary', {});
  const allowed = plan.ids + (kills + restarts) * concurrency;
  const count = (state: string): number => items.filter((item) => item.state === state).length;
  const asked = Map.groupBy(sandbox.calls.slice(begunWith), ({ itemId }) => itemId);
  const most = Math.max(...[...asked.values()].map((own) => own.length));
  const report = {
    ids: plan.ids,
    kills,
    restarts,
    calls: calls(),
    allowed,
    done: count('done'),
    failed: count('failed'),
    observations: observations - before,
    seconds: Math.round((Date.now() - begun) / 100) / 10,
  };
  const holds: readonly (readonly [string, boolean])[] = [
    ['the job is done', end?.state === 'done'],
    ['each thing is there once', new Set(items.map(({ ref }) => ref)).size === plan.ids && items.length === plan.ids],
    ['what there is was found', report.done === plan.ids - missing],
    ['what there is not failed', report.failed === missing],
    ['the counts are those of the things', end?.counts.done === report.done && end.counts.failed === report.failed],
    ['each thing that was found was stored once', report.observations === report.done],
    ['no more calls than things and what was under way', report.calls <= allowed],
    ['nothing was asked for oftener than the browser died', most <= 1 + kills + restarts],
  ];
  const failures: Record<string, number> = {};
  for (const { error, state } of items) {
    if (state !== 'failed') continue;
    // The ids of things differ.
    const reason = `${error?.code ?? 'none'}: ${error?.message.replaceAll(/\d{6,}/gu, '…') ?? ''}`;
    failures[reason] = (failures[reason] ?? 0) + 1;
  }
  return { ...report, failures, faults: holds.flatMap(([name, isTrue]) => (isTrue ? [] : [name])) };
}
