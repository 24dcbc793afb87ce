/** What a command of the CLI is, and the two ways in which it may fail on purpose. */

export interface Command {
  /** One line: the name with its arguments. */
  readonly usage: string;
  /** What it does, for `--help`; lines of at most 100 characters. */
  readonly help: string;
  /** Runs with the arguments after the command's name. Resolves when everything is printed. */
  readonly run: (args: readonly string[]) => Promise<void>;
}

/** The call is wrong: exit 2, with the command's usage. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The call is right, the input is not: exit 1, one line. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** Prints one value as one line of JSON. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Prints one line for people, beside the data. */
export function note(text: string): void {
  process.stderr.write(`${text.replaceAll(/\s*[\r\n]+\s*/gu, ' ')}\n`);
}
