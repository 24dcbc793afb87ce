/** Tells the worker what the page shows, whenever that is different from before. */
import { isOrphaned, send } from '../messaging/client.ts';
import type { PageReport, PageUpdate } from '../messaging/protocol.ts';

/** How long to wait before the worker is tried again, once, twice and so on: the browser may just be starting it. */
const retryMs = [200, 1_000, 5_000];

export interface Reporter {
  readonly report: (now: PageReport) => void;
  /** The next report is sent even if it is the same. */
  readonly forget: () => void;
  /** Resolves once the worker has taken a first report. */
  readonly known: Promise<void>;
  /** Resolves when no report is under way. */
  readonly settled: () => Promise<void>;
}

/** `again`: a report was lost, and perhaps nothing changes any more that would bring another one. */
export function createReporter(accept: (update: PageUpdate) => void, again: () => void): Reporter {
  const { promise: known, resolve: becomeKnown } = Promise.withResolvers<void>();
  let last = '';
  let lost = 0;
  let underway: Promise<void> = Promise.resolve();

  async function deliver(now: PageReport): Promise<void> {
    try {
      const update = await send('page.report', now);
      lost = 0;
      becomeKnown();
      accept(update);
    } catch {
      const wait = retryMs[lost];
      lost += 1;
      last = '';
      if (wait !== undefined) setTimeout(again, wait);
    }
  }

  return {
    known,
    settled: () => underway,
    forget: () => {
      last = '';
    },
    report: (now) => {
      const text = JSON.stringify(now);
      if (text === last) return;
      last = text;
      if (!isOrphaned()) underway = deliver(now);
    },
  };
}
