/** What is asked for comes before what may be asked for: work in advance waits until nothing is being answered. */

export interface Attention {
  /** Answers a question. */
  readonly during: <Value>(answer: () => Promise<Value>) => Promise<Value>;
  /** Resolves once nothing was asked for a moment. */
  readonly idle: () => Promise<void>;
}

/** Questions follow one another: a query, its rows, more rows. */
const momentMs = 80;

/** `sleep`: resolves after so many ms. */
export function createAttention(now: () => number, sleep: (ms: number) => Promise<void>): Attention {
  let answering = 0;
  let answeredAt = Number.NEGATIVE_INFINITY;
  const isAsked = (): boolean => answering > 0 || now() - answeredAt < momentMs;
  return {
    async during(answer) {
      answering += 1;
      try {
        return await answer();
      } finally {
        answering -= 1;
        answeredAt = now();
      }
    },
    async idle() {
      await sleep(0);
      while (isAsked()) await sleep(momentMs / 2);
    },
  };
}
