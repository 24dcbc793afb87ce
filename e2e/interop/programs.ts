/** Other people's programs, and how they are asked. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Grid } from './cells.ts';

/** Texts in every locale of the machine: what a researcher's own would be. */
const environment = { ...process.env, LC_ALL: 'C.UTF-8', PYTHONUTF8: '1' };

/** What the program prints. Throws with what it complained of, and where it is missing with the package to install. */
export function run(
  program: string,
  parameters: readonly string[],
  { debian, input, cwd }: { readonly debian: string; readonly input?: string; readonly cwd?: string },
): string {
  const { status, stdout, stderr, error } = spawnSync(program, parameters, {
    encoding: 'utf8',
    maxBuffer: 1e9,
    env: environment,
    ...(input === undefined ? {} : { input }),
    ...(cwd === undefined ? {} : { cwd }),
  });
  if (error) {
    const line = `apt-get install -y --no-install-recommends ${debian}`;
    throw new Error(`${program} cannot be run (${error.message}). Install it: ${line}`);
  }
  if (status !== 0) throw new Error(`${program} ended with ${status}:\n${stderr}\n${stdout.slice(0, 2000)}`);
  return stdout;
}

interface PythonOptions {
  readonly cwd?: string;
  readonly input?: string;
}

/** Runs Python code, by the Python that Debian's own modules are for: another one may come first in the path. */
export function python(
  module: string,
  code: string,
  parameters: readonly string[] = [],
  options: PythonOptions = {},
): string {
  const found = ['/usr/bin/python3', 'python3'].find(
    (name) => spawnSync(name, ['-c', `import ${module}`]).status === 0,
  );
  const debian = `python3-${module}`;
  if (found === undefined)
    throw new Error(`Python has no ${module}. Install it: apt-get install -y --no-install-recommends ${debian}`);
  return run(found, ['-c', code, ...parameters], { debian, ...options });
}

/** R prints numbers with 15 digits; here each is a text of 17 until it is a number again. */
const rBeginning = `
exact <- function(cell) if (is.numeric(cell)) list(number = sprintf("%.17g", cell)) else cell
`;
const rEnd = `
writeLines(
  jsonlite::toJSON(grids, auto_unbox = TRUE, na = "null", null = "null", digits = NA),
  file(Sys.getenv("RESULT"), encoding = "UTF-8"), useBytes = TRUE
)
`;

/**
 * Runs R code, which finds its parameters with `commandArgs(TRUE)`, has `exact()` for cells, and leaves a grid per table in
 * `grids`. `folder`: where the answer may be written.
 */
export function rGrids(
  folder: string,
  code: string,
  parameters: readonly string[],
  cwd?: string,
): Readonly<Record<string, Grid>> {
  const result = join(folder, 'grids.json');
  const set = `Sys.setenv(RESULT = ${JSON.stringify(result)})`;
  run('Rscript', ['-e', `${set}${rBeginning}${code}${rEnd}`, ...parameters], {
    debian: 'r-base-core r-cran-jsonlite',
    ...(cwd === undefined ? {} : { cwd }),
  });
  const revived = JSON.parse(readFileSync(result, 'utf8'), (name, value: unknown) =>
    name === 'number' ? Number(value) : value,
  );
  return revived as Readonly<Record<string, Grid>>;
}
