/** Waiting in line. */
import { AppError } from '../core/errors.ts';

export interface Line {
  /** How many wait. */
  readonly waiting: number;
  /**
   * Resolves, in the order of the calls, as soon as fewer than `places` are inside, with the function by which to leave.
   * Rejects with AppError `cancelled` when the signal is aborted before that.
   */
  enter(places: number, signal: AbortSignal): Promise<() => void>;
}

export function createLine(): Line {
  const waiting: { readonly places: number; readonly admit: () => void }[] = [];
  let inside = 0;

  function admitNext(): void {
    for (let next = waiting[0]; next && inside < Math.max(1, next.places); next = waiting[0]) {
      waiting.shift();
      inside += 1;
      next.admit();
    }
  }

  return {
    get waiting() {
      return waiting.length;
    },
    enter: (places, signal) =>
      new Promise((resolve, reject) => {
        const stop = (): void => {
          waiting.splice(waiting.indexOf(entry), 1);
          reject(new AppError('cancelled', 'The call was cancelled before its turn.'));
          // Whoever is behind may need fewer places than the one that left.
          admitNext();
        };
        let isInside = true;
        const leave = (): void => {
          if (!isInside) return;
          isInside = false;
          inside -= 1;
          admitNext();
        };
        const entry = {
          places,
          admit: () => {
            signal.removeEventListener('abort', stop);
            resolve(leave);
          },
        };
        waiting.push(entry);
        if (signal.aborted) stop();
        else {
          signal.addEventListener('abort', stop, { once: true });
          admitNext();
        }
      }),
  };
}
