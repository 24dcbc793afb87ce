/** How long a call may still wait, over all its turns and pauses. */
import { AppError } from '../core/errors.ts';
import type { WaitingClock } from '../core/ports.ts';

export interface Patience {
  /** Ms. */
  left(): number;
  /** Waits in a line and counts the time. Rejects with what `tooLong` makes once the patience is at its end. */
  queue<Value>(wait: (signal: AbortSignal) => Promise<Value>, tooLong: () => AppError): Promise<Value>;
  /** Waits for so many ms, which must be left. */
  rest(ms: number): Promise<void>;
}

/** `total`: ms, asked anew each time, since someone more patient may join. The signal cancels every wait. */
export function createPatience(clock: WaitingClock, total: () => number, signal: AbortSignal): Patience {
  let spent = 0;
  const left = (): number => Math.max(0, total() - spent);
  async function counted<Value>(wait: () => Promise<Value>): Promise<Value> {
    const begun = clock.now();
    try {
      return await wait();
    } catch (error) {
      throw signal.aborted ? new AppError('cancelled', 'The call was cancelled while it waited.') : error;
    } finally {
      spent += Math.max(0, clock.now() - begun);
    }
  }

  return {
    left,
    rest: (ms) => counted(() => clock.sleep(ms, signal)),
    queue: (wait, tooLong) =>
      counted(async () => {
        const over = new AbortController();
        const done = new AbortController();
        if (Number.isFinite(left())) {
          void clock.sleep(left(), done.signal).then(
            () => over.abort(),
            () => undefined,
          );
        }
        try {
          return await wait(AbortSignal.any([signal, over.signal]));
        } catch (error) {
          throw over.signal.aborted ? tooLong() : error;
        } finally {
          done.abort();
        }
      }),
  };
}
