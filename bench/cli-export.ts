/**
 * A million rows from the command line: seconds, and the most memory that the process ever had. The file is made once, in
 * the temporary folder. Alone: `node bench/cli-export.ts [rows] [format …]`.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { lineVersion } from '../lib/core/observation-line.ts';
import { toObservation } from '../lib/core/observation.ts';
import { exporterById } from '../lib/exporters/index.ts';
import { readAnswer } from '../lib/payloads/index.ts';
import { contextAt } from '../lib/payloads/payload.samples.ts';
import type { Measurement } from './run.ts';

const rowCount = 1_000_000;
const formats = ['csv', 'tsv', 'ndjson-records', 'sql-mysql', 'sql-sqlite', 'elasticsearch'] as const;
/** What a Node program of ours has before its first row is about 100 MB. */
const mostMegabytes = 300;
/** The heap that the program is given: what it holds on to in addition to one thing would not fit. */
const heapMegabytes = 200;
const linesAtOnce = 500;
/** Each takes minutes and one processor; the seconds are for information. */
const formatsAtOnce = 2;

const command = join(import.meta.dirname, '..', 'scripts/cli/main.ts');
const peakMemory = join(import.meta.dirname, 'peak-memory.ts');

/** A post as a page's data gives it, of another person each; a line of it has some 5 kB. */
async function* lines(count: number): AsyncGenerator<string> {
  const file = join(import.meta.dirname, '..', 'lib/payloads/fixtures/tiktok-web-items.json');
  const context = contextAt(Date.UTC(2026, 10, 21), { collectedVia: 'page_xhr' });
  const post = readAnswer(readFileSync(file, 'utf8'), context).records.find(({ record_type: type }) => type === 'post');
  if (post?.record_type !== 'post') throw new Error('The fixture has no post.');
  const [id, person] = ['7400000000000000000', 'person.of.the.bench'];
  const observation = toObservation({ ...post, post_id: id, author_handle: person, author_id: id });
  const [before, ...after] = JSON.stringify({ clipscope: lineVersion, observation }).split(id);
  for (let start = 0; start < count; start += linesAtOnce) {
    const some = Array.from({ length: Math.min(linesAtOnce, count - start) }, (_unused, index) => {
      const own = String(BigInt(id) + BigInt(start + index));
      return `${[before, ...after].join(own).replaceAll(person, `person.${start + index}`)}\n`;
    });
    yield some.join('');
  }
}

interface Run {
  readonly seconds: number;
  readonly megabytes: number;
  readonly bytes: number;
}

/** One export by the real command. Throws where it fails, for want of memory too. */
async function run(format: string, folder: string): Promise<Run> {
  const output = join(folder, `out.${format}`);
  const call = ['export', '--format', format, '--table', 'posts', '--pseudonym-key', join(folder, 'key.json')];
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${heapMegabytes}`,
      '--import',
      peakMemory,
      command,
      ...call,
      join(folder, 'in.ndjson'),
      output,
    ],
    { stdio: ['ignore', 'ignore', 'inherit', 'pipe'] },
  );
  const told = child.stdio[3];
  if (!(told instanceof Readable)) throw new Error('The program has no way to tell its memory.');
  let peak = '';
  told.setEncoding('utf8').on('data', (text: string) => {
    peak += text;
  });
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`The export to ${format} ended with ${String(code)}.`);
  const seconds = (performance.now() - start) / 1000;
  const { size } = await stat(output);
  await rm(output);
  return { seconds, megabytes: Number(peak) / 1024 / 1024, bytes: size };
}

export async function cliExportBenches(count = rowCount, wanted: readonly string[] = formats): Promise<Measurement[]> {
  const folder = await mkdtemp(join(tmpdir(), 'clipscope-bench-'));
  try {
    await pipeline(Readable.from(lines(count)), createWriteStream(join(folder, 'in.ndjson')));
    await writeFile(join(folder, 'key.json'), JSON.stringify({ key_hex: '5a'.repeat(32) }));
    const measurements: Measurement[] = [];
    for (let start = 0; start < wanted.length; start += formatsAtOnce) {
      const runs = wanted.slice(start, start + formatsAtOnce).map(async (format) => {
        if (!exporterById(format)) throw new Error(`No exporter is called ${format}.`);
        const { seconds, megabytes } = await run(format, folder);
        const name = `${count.toLocaleString('en')} posts to ${format} from the command line`;
        const limit = { text: `at most ${mostMegabytes} MB`, atMost: mostMegabytes };
        return [
          { name, value: seconds, unit: 's', limit: null },
          { name: `${name}, most memory`, value: megabytes, unit: 'MB', limit },
        ];
      });
      measurements.push(...(await Promise.all(runs)).flat());
    }
    return measurements;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const [count, ...wanted] = process.argv.slice(2);
  const of = wanted.length > 0 ? wanted : formats;
  for (const { name, value, unit } of await cliExportBenches(Number(count ?? rowCount), of))
    console.log(`${name.padEnd(74)} ${value.toFixed(2).padStart(10)} ${unit}`);
}
