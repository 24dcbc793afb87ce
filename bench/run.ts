/**
 * `npm run bench`: speeds as ratios against a named rival or a bare limit, measured in this one run, and the absolute
 * limits as medians of five. Nothing here is asserted by `npm test`; the exit code tells whether a limit is broken. All of it
 * takes most of an hour: `npm run bench -- library cli` runs these groups only.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cliExportBenches } from './cli-export.ts';
import { ingestBenches } from './ingest.ts';
import { libraryBenches } from './library.ts';
import { pageBenches } from './pages.ts';
import { pureBenches } from './pure.ts';

/** One line of the report. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it is compared with, or the limit it must keep; null: for information. */
  readonly limit: { readonly text: string; readonly atMost: number } | null;
}

const groups: Readonly<Record<string, () => Measurement[] | Promise<Measurement[]>>> = {
  pure: pureBenches,
  ingest: ingestBenches,
  pages: pageBenches,
  library: libraryBenches,
  cli: () => cliExportBenches(),
};
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in groups));
if (unknown.length > 0) {
  console.error(`There is no group ${unknown.join(', ')}: ${Object.keys(groups).join(', ')}.`);
  process.exit(2);
}
const measurements: Measurement[] = [];
for (const [name, measure] of Object.entries(groups)) {
  if (wanted.length === 0 || wanted.includes(name)) measurements.push(...(await measure()));
}
let broken = 0;
for (const { name, value, unit, limit } of measurements) {
  const kept = limit === null || value <= limit.atMost;
  if (!kept) broken += 1;
  const verdict = limit === null ? '' : `${kept ? 'ok' : 'BROKEN'} (${limit.text})`;
  console.log(`${name.padEnd(74)} ${value.toFixed(2).padStart(10)} ${unit.padEnd(6)} ${verdict}`);
}
const folder = join(import.meta.dirname, 'results');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'latest.json'), `${JSON.stringify({ measurements }, null, 2)}\n`);
process.exit(broken === 0 ? 0 : 1);
