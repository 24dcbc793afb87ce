/** Jobs as the worker composes them, with real storage, transport and providers, against a sandbox under a simulated clock. */
import type { WatchRule } from '../core/job.ts';
import type { Observation } from '../core/observation.ts';
import type { RefKey } from '../core/ref.ts';
import { defaultSettings, type Settings } from '../core/settings.ts';
import { newDatabaseName, quiet } from '../jobs/quiet.samples.ts';
import type { WorkerEvent } from '../messaging/protocol.ts';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { createSandboxFetch } from '../../sandbox/test-client.ts';
import { getCredential, getCredentials, putCredential, putQuota } from '../storage/credentials.ts';
import { connectCredentials, connectData, connectSession, type DataDatabase } from '../storage/database.ts';
import { getObservations } from '../storage/records.ts';
import { usageStore } from '../storage/usage.ts';
import { createHttp } from '../transport/http.ts';
import { createTestClock, type TestClock } from '../transport/test-clock.samples.ts';
import { createTransport } from '../transport/transport.ts';
import { createAsking } from './asking.ts';
import type { Badge } from './badge.ts';
import { createConcurrency } from './concurrency.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { createLookups } from './lookup.ts';

/** 2026-11-21, 12:00 in Beijing. */
export const noon = Date.UTC(2026, 10, 21, 4);

export interface JobOffice {
  readonly clock: TestClock;
  readonly sandbox: Sandbox;
  readonly data: () => Promise<DataDatabase>;
  readonly events: WorkerEvent[];
  readonly badge: () => Badge | null;
  readonly next: { running: boolean; at: number | null };
  settings: Settings;
  jobs: Jobs;
  /** Stores the sandbox's own credential of a provider. */
  saveKey(provider: 'gateway' | 'tikhub'): Promise<void>;
  /** Lets the worker's alarms wake it until this time (Unix ms), and everything end that it does. */
  live(until: number): Promise<void>;
  /** The machine sleeps for so many ms: nothing wakes it. */
  sleep(ms: number): void;
  /** A new worker, which knows what is stored. */
  restart(): void;
  observations(ref: RefKey): Promise<readonly Observation[]>;
  /** What is in a project, sorted. */
  members(project: string): Promise<readonly RefKey[]>;
  watch(refs: readonly RefKey[], everyMs: number, rules: readonly WatchRule[]): Promise<string>;
  close(): Promise<void>;
}

/** `stub`: puts a fetch in the place of the global one. */
export async function openJobOffice(stub: (fetched: typeof fetch) => void): Promise<JobOffice> {
  let open = 0;
  const clock = createTestClock(noon, () => quiet(() => open > 0));
  const sandbox = await startSandbox({ now: () => clock.now() });
  const line = createSandboxFetch(sandbox.port);
  stub(async (...parameters) => {
    open += 1;
    try {
      const answer = await line.fetch(...parameters);
      // Read in full before anybody goes on, so that no time passes over it.
      const body = await answer.arrayBuffer();
      return new Response(answer.status === 204 ? null : body, answer);
    } finally {
      open -= 1;
    }
  });
  const data = connectData(newDatabaseName());
  const session = connectSession(newDatabaseName());
  const credentials = connectCredentials(newDatabaseName());
  const events: WorkerEvent[] = [];
  const next = { running: false, at: null as number | null };
  let badge: Badge | null = null;
  let ids = 0;

  function work(): Jobs {
    const settings = async (): Promise<Settings> => office.settings;
    const stored = async (): Promise<ReadonlySet<string>> =>
      new Set((await getCredentials(await credentials())).map(({ provider }) => provider));
    const usage = usageStore(credentials);
    const transport = createTransport({ http: createHttp(clock), clock, store: usage, random: () => 0.5 });
    const asking = createAsking({
      transport,
      tokens: { tokenFor: async () => null, renewAfter: async () => null },
      settings,
      stored: async (provider) => getCredential(await credentials(), provider),
      hasAccess: async () => true,
      keepQuota: async (provider, quota, belongs) => putQuota(await credentials(), provider, quota, belongs),
      asked: () => undefined,
    });
    const lookups = createLookups({ data, session, credentials, settings, asking, clock, tell: () => undefined });
    return createJobs({
      data,
      session,
      lookups,
      asking,
      settings,
      stored,
      concurrency: createConcurrency(asking, stored),
      project: async (id) => id ?? 'default',
      clock,
      random: createRandom(7),
      newId: () => `job-${(ids += 1)}`,
      tell: (event) => void events.push(event),
      schedule: (planned) => void Object.assign(next, planned),
      showBadge: async (shown) => {
        badge = shown;
      },
    });
  }

  const office: JobOffice = {
    clock,
    sandbox,
    data,
    events,
    badge: () => badge,
    next,
    settings: defaultSettings,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made on the next line, when there is an office
    jobs: undefined as unknown as Jobs,
    async saveKey(provider) {
      const own = provider === 'gateway' ? sandbox.credentials.gateway : sandbox.credentials.tikhub;
      await putCredential(await credentials(), provider, { ...own }, () => false);
    },
    async live(until) {
      for (;;) {
        office.jobs.wake();
        await clock.advance(0);
        await clock.until(office.jobs.idle());
        if (next.at === null || next.at > until) break;
        await clock.advance(Math.max(0, next.at - clock.now()));
      }
      await clock.advance(Math.max(0, until - clock.now()));
    },
    sleep: (ms) => clock.set(clock.now() + ms),
    restart() {
      office.jobs = work();
    },
    observations: async (ref) => getObservations(await data(), ref),
    async members(project) {
      const keys = await (await data()).getAllKeys('memberships');
      return keys.flatMap(([own, ref]) => (own === project ? [ref] : [])).sort();
    },
    async watch(refs, everyMs, rules) {
      const plan = { kind: 'watchlist', everyMs, rules } as const;
      return (await office.jobs.create({ name: 'Watched', project: null, plan, refs })).id;
    },
    async close() {
      line.close();
      await sandbox.close();
    },
  };
  office.jobs = work();
  return office;
}

/** The same numbers from 0 to 1 in every run (mulberry32, public domain). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
