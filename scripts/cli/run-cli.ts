/** Runs the real command for the tests, as `npm run cli` does. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

export interface Outcome {
  readonly exitCode: number | null;
  /** Standard output, each line parsed as JSON. */
  readonly values: readonly unknown[];
  readonly stdout: string;
  readonly stderr: string;
}

export interface Input {
  readonly stdin?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
}

/** One call of the CLI. The environment holds only what is given, so that a developer's own secret plays no part. */
export function runCli(args: readonly string[], { stdin = '', environment = {} }: Input = {}): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    input: stdin,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...environment },
    maxBuffer: 1e8,
  });
  const lines = stdout.split('\n').filter(Boolean);
  const values = lines.map((line): unknown => {
    try {
      return JSON.parse(line);
    } catch {
      return line;
    }
  });
  return { exitCode: status, values, stdout, stderr };
}
