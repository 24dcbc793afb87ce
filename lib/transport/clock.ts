/** The one real clock. Whoever waits is given a WaitingClock, so that tests can make time run. */
import { AppError } from '../core/errors.ts';
import type { WaitingClock } from '../core/ports.ts';

/** Timers of browsers hold 31 bits of ms; a longer wait would end at once. */
const longestTimer = 2 ** 31 - 1;

/**
 * The system's clock. A timer does not keep a worker alive: what must happen after more than some 20 seconds of rest
 * belongs to an alarm.
 */
export function createSystemClock(): WaitingClock {
  return {
    now: () => Date.now(),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const stop = (): void => {
          clearTimeout(timer);
          reject(new AppError('cancelled', 'The wait was cancelled.'));
        };
        const timer = setTimeout(
          () => {
            signal?.removeEventListener('abort', stop);
            resolve();
          },
          Math.min(Math.max(ms, 0), longestTimer),
        );
        if (signal?.aborted) stop();
        else signal?.addEventListener('abort', stop, { once: true });
      }),
  };
}
