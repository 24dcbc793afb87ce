/** What an export says on standard error of the lines that it could not read and of what a format could not hold. */
import { readFileSync } from 'node:fs';
import { note } from './command.ts';

/** Problems that are said one by one. */
const problemsShown = 20;

export interface ExportReport {
  /** Says what is wrong with a line, of the first ones. */
  readonly problem: (problem: { readonly line: number; readonly message: string }) => void;
  readonly named: () => void;
  /** Counts what a format could not hold, by the key of its message. */
  readonly skipped: (message: string) => void;
  /** Says what was counted. */
  readonly end: () => void;
}

/** `name`: of the input. */
export function createReport(name: string): ExportReport {
  const words: Readonly<Record<string, { readonly message: string }>> = JSON.parse(
    readFileSync(new URL('../../public/_locales/en/messages.json', import.meta.url), 'utf8'),
  );
  let problems = 0;
  let named = 0;
  const skipped = new Map<string, number>();
  return {
    problem({ line, message }: { readonly line: number; readonly message: string }): void {
      problems += 1;
      if (problems <= problemsShown) note(`${name}: line ${line}: ${words[message]?.message ?? message}`);
    },
    named(): void {
      named += 1;
    },
    skipped(message: string): void {
      skipped.set(message, (skipped.get(message) ?? 0) + 1);
    },
    end(): void {
      if (problems > problemsShown) note(`${name}: ${problems - problemsShown} more lines that cannot be read`);
      if (named > 0) note(`${name}: left out ${named} of which nothing but the id is known`);
      for (const [message, count] of skipped)
        note(`${name}: ${(words[message]?.message ?? message).replaceAll('$1', String(count))}`);
    },
  };
}
