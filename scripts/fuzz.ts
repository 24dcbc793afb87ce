/**
 * `npm run test:fuzz`: 100,000 damaged answers and page blocks through every reader. `node scripts/fuzz.ts [COUNT] [SEED]`.
 * Fails where a reader throws (but for text that is no JSON, where it says so), or where a record has no id, an id of a
 * form that its kind has not, or a value that its field forbids.
 */
import { fileURLToPath } from 'node:url';
import { AppError } from '../lib/core/errors.ts';
import type { AnyRecord } from '../lib/core/record.ts';
import { scrub } from '../lib/core/scrub.ts';
import { defaultSheetChoices } from '../lib/core/export-choices.ts';
import { describeRecord } from '../lib/exporters/describe.ts';
import type { ExportContext } from '../lib/exporters/exporter.ts';
import { readBlocks } from '../lib/payloads/embedded.ts';
import { readAnswer } from '../lib/payloads/index.ts';
import { faultOf, generator, mutateText, mutations, pick } from '../lib/payloads/mutations.samples.ts';
import { contextAt } from '../lib/payloads/payload.samples.ts';
import { answers, blocks, pageRefs, streamed, textOf } from './fuzz-corpus.ts';

const context = contextAt(Date.UTC(2026, 10, 21), { collectedVia: 'page_json' });
const exportContext: ExportContext = {
  timeZone: 'UTC',
  now: Date.UTC(2026, 10, 21),
  extensionVersion: '0',
  choices: { ...defaultSheetChoices, personal: 'include' },
};

export interface FuzzReport {
  readonly rounds: number;
  /** Records that were read all together: none would prove nothing. */
  readonly records: number;
  /** How many rounds each reader was given; block names, and `answer`. */
  readonly given: Readonly<Record<string, number>>;
  /** Texts that were refused as no JSON. */
  readonly refused: number;
  readonly slowestMs: number;
  /** At most twenty. */
  readonly faults: readonly string[];
}

/** A few answers of different shapes in one, as a flood of pages would give. */
function damagedAnswer(random: () => number): unknown {
  const json = mutations(pick(answers, random), random, pick([0.2, 1, 2], random));
  const text = (): string => JSON.stringify(json) ?? 'null';
  const other = (): string => JSON.stringify(pick(answers, random));
  return pick<() => unknown>(
    [
      () => json,
      () => json,
      () => ({ data: json }),
      () => [json, pick(answers, random)],
      () => mutateText(text(), other(), random),
      () => mutateText(other(), other(), random),
      () => mutateText(streamed, other(), random),
    ],
    random,
  )();
}

/** Runs that many rounds. The same seed gives the same rounds. */
export function fuzz(rounds: number, seed: number): FuzzReport {
  const random = generator(seed);
  const given: Record<string, number> = {};
  const faults: string[] = [];
  let records = 0;
  let refused = 0;
  let slowestMs = 0;

  const check = (found: readonly AnyRecord[], round: number): void => {
    for (const record of found) {
      records += 1;
      const fault = faultOf(record);
      if (fault !== null) faults.push(`round ${round}: ${fault}`);
      // What was read can be written, too.
      if (records % 20 === 0) JSON.stringify(scrub(describeRecord(record, exportContext)));
    }
  };

  const answerRound = (round: number): void => {
    given['answer'] = (given['answer'] ?? 0) + 1;
    const input = damagedAnswer(random);
    try {
      check(readAnswer(input, context).records, round);
    } catch (error) {
      if (typeof input !== 'string' || !(error instanceof AppError) || error.code !== 'schema') throw error;
      refused += 1;
    }
  };

  const blockRound = (round: number): void => {
    const sample = pick(blocks, random);
    given[sample.block] = (given[sample.block] ?? 0) + 1;
    const whole = textOf({ ...sample, json: mutations(sample.json, random, pick([0.2, 1, 2], random)) });
    const text = random() < 0.4 ? mutateText(whole.text, textOf(pick(blocks, random)).text, random) : whole.text;
    const page = random() < 0.6 ? null : { refs: random() < 0.2 ? [] : [pick(pageRefs, random)] };
    const all = [{ block: sample.block, text }, ...(random() < 0.1 ? [textOf(pick(blocks, random))] : [])];
    check(
      readBlocks(all, page, context).flatMap((answer) => answer.records),
      round,
    );
  };

  for (let round = 0; round < rounds && faults.length < 20; round++) {
    const started = performance.now();
    try {
      if (random() < 0.5) answerRound(round);
      else blockRound(round);
    } catch (error) {
      faults.push(`round ${round}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    slowestMs = Math.max(slowestMs, performance.now() - started);
  }
  return { rounds, records, given, refused, slowestMs, faults };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rounds = Number(process.argv[2] ?? 100_000);
  const seed = Number(process.argv[3] ?? 20_261_121);
  const started = performance.now();
  const report = fuzz(rounds, seed);
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `seed ${seed}: ${rounds} payloads in ${seconds.toFixed(1)} s, ${Math.round(rounds / seconds)} per second`,
  );
  console.log(
    `${report.records} records, ${report.refused} texts refused as no JSON, slowest ${report.slowestMs.toFixed(0)} ms`,
  );
  console.log(
    Object.entries(report.given)
      .map(([name, count]) => `${name} ${count}`)
      .join(', '),
  );
  for (const fault of report.faults) console.error(fault);
  process.exitCode = report.faults.length === 0 ? 0 : 1;
}
