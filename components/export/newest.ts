/** Questions of which only the newest counts. Pure but for the asking. */

export interface Newest<Question> {
  /** Asks this next; null: no answer is wanted any more. */
  readonly want: (question: Question | null) => void;
}

/**
 * One question at a time: what is wanted meanwhile waits, and only the last of it is asked. An answer is told only where
 * its question is still the one that is wanted. `ask` must not reject.
 */
export function createNewest<Question extends object, Answer>(
  ask: (question: Question) => Promise<Answer>,
  tell: (answer: Answer) => void,
): Newest<Question> {
  let wanted: Question | null = null;
  let asked: Question | null = null;

  async function work(question: Question): Promise<void> {
    asked = question;
    const answer = await ask(question);
    asked = null;
    if (wanted === question) tell(answer);
    else if (wanted) await work(wanted);
  }

  return {
    want(question) {
      wanted = question;
      if (asked === null && question) void work(question);
    },
  };
}
