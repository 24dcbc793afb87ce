/** One call for all who ask the same at the same time. */
import { AppError } from '../core/errors.ts';
import type { CallOptions } from './transport.ts';

/** What a flight needs to know of those who wait for it. */
export interface Passengers {
  /** Aborted when the last of them has left. */
  readonly signal: AbortSignal;
  /** Ms: of the most patient of them. */
  readonly patienceMs: () => number;
}

interface Flight {
  readonly landing: Promise<unknown>;
  readonly controller: AbortController;
  passengers: number;
  patienceMs: number;
}

export interface Flights {
  /**
   * Joins the flight of that name, or starts it. Rejects with AppError `cancelled` as soon as the own signal is aborted,
   * which the others do not notice. Null is the name of no other flight.
   */
  join<Value>(
    name: string | null,
    options: CallOptions,
    fly: (passengers: Passengers) => Promise<Value>,
  ): Promise<Value>;
}

function cancelled(): AppError {
  return new AppError('cancelled', 'The call was cancelled.');
}

export function createFlights(): Flights {
  const named = new Map<string, Flight>();

  function start(name: string | null, fly: (passengers: Passengers) => Promise<unknown>): Flight {
    const controller = new AbortController();
    const flight: Flight = {
      controller,
      passengers: 0,
      patienceMs: 0,
      // Not before those who start it are on board: it may ask for their patience at once.
      landing: Promise.resolve().then(() => fly({ signal: controller.signal, patienceMs: () => flight.patienceMs })),
    };
    if (name !== null) named.set(name, flight);
    const land = (): void => forget(name, flight);
    flight.landing.then(land, land);
    return flight;
  }

  function forget(name: string | null, flight: Flight): void {
    if (name !== null && named.get(name) === flight) named.delete(name);
  }

  return {
    async join<Value>(name: string | null, options: CallOptions, fly: (passengers: Passengers) => Promise<Value>) {
      const { signal } = options;
      if (signal?.aborted) throw cancelled();
      const flight = (name === null ? undefined : named.get(name)) ?? start(name, fly);
      flight.passengers += 1;
      flight.patienceMs = Math.max(flight.patienceMs, options.patienceMs);
      const landed = new AbortController();
      const left = new Promise<never>((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(cancelled()), { once: true, signal: landed.signal });
      });
      try {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a name stands for one question, which has one type
        return (await Promise.race([flight.landing, left])) as Value;
      } finally {
        landed.abort();
        flight.passengers -= 1;
        if (flight.passengers === 0) {
          // Whoever asks from now on must not join what is being stopped.
          forget(name, flight);
          flight.controller.abort();
        }
      }
    },
  };
}
