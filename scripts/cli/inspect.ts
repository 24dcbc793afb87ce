import { readFileSync } from 'node:fs';
import { AppError } from '../../lib/core/errors.ts';
import { parseJson } from '../../lib/core/lossless-json.ts';
import { recordRef } from '../../lib/core/record.ts';
import { type EntityRef, refKey } from '../../lib/core/ref.ts';
import { withoutTracking } from '../../lib/core/text.ts';
import { describeRecord } from '../../lib/exporters/describe.ts';
import { type Answer, payloads, readAnswer } from '../../lib/payloads/index.ts';
import { detectUrl } from '../../lib/sites/index.ts';
import { type Command, InputError, note, printJson, UsageError } from './command.ts';
import { readArguments, readInput } from './input.ts';

const packageFile = new URL('../../package.json', import.meta.url);
const { version }: { readonly version: string } = JSON.parse(readFileSync(packageFile, 'utf8'));

/** Files out of some archives are of 1970 or 1980; no platform of ours is older than this. */
const earliestFileTime = Date.UTC(2014, 0, 1);

/** The JSON as one phrase, short whatever it is. */
function outline(json: unknown): string {
  if (Array.isArray(json))
    return json.length === 0 ? 'an empty list' : `a list of ${json.length}, first ${outline(json[0])}`;
  if (typeof json !== 'object' || json === null) return json === null ? 'null' : `a ${typeof json}`;
  const keys = Object.keys(json);
  if (keys.length === 0) return 'an empty object';
  const shown = keys.slice(0, 8).map((key) => key.slice(0, 40));
  return `an object with ${shown.join(', ')}${keys.length > shown.length ? ` and ${keys.length - shown.length} more` : ''}`;
}

function parse(name: string, text: string): unknown {
  try {
    return parseJson(text, { lenient: true });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const hint = /^\s*</u.test(text) ? ' It looks like HTML: save the answer of the API, not the page.' : '';
    throw new InputError(`${name}: ${text.trim() === '' ? 'it is empty.' : error.message}${hint}`);
  }
}

/** Says on stderr what there is to know of an answer without records. */
function explainNothing(name: string, json: unknown, { payload, status }: Answer): void {
  if (!payload && !status) {
    const known = payloads.map(({ id }) => id).join(', ');
    throw new InputError(`${name}: no known answer, but ${outline(json)}. Known are: ${known}.`);
  }
  const words = status ? [status.code, status.message].filter(Boolean).join(' ') : '';
  const shape = payload ? `an answer of the shape ${payload}` : 'an answer';
  note(`${name}: ${shape} without a record${words ? `; it says: ${words}` : ''}`);
}

async function inspect(path: string, address: string | undefined): Promise<void> {
  const name = path === '-' ? 'standard input' : path;
  const asked: EntityRef | undefined = address === undefined ? undefined : detectUrl(address)[0];
  if (address !== undefined && !asked) note(`${address}: not a URL that names something; read without it`);
  const now = Date.now();
  const { text, modifiedAt } = await readInput(path, now);
  const json = parse(name, text);
  // A text would be taken for JSON that is still to be parsed.
  const answer = readAnswer(typeof json === 'string' ? [json] : json, {
    collectedVia: 'import',
    provider: null,
    endpoint: null,
    pageUrl: address !== undefined && asked ? withoutTracking(address) : null,
    fetchedAt: modifiedAt < earliestFileTime ? now : modifiedAt,
    ...(asked ? { platform: asked.platform } : {}),
  });
  const context = { timeZone: 'UTC', now, extensionVersion: version };
  for (const record of answer.records) printJson(describeRecord(record, context));
  if (answer.records.length === 0) return explainNothing(name, json, answer);
  const comparable = asked?.kind === 'post' || asked?.kind === 'product';
  if (asked && comparable && !answer.records.some((record) => refKey(recordRef(record)) === refKey(asked))) {
    note(`${name}: none of the records is ${refKey(asked)}`);
  }
}

export const command: Command = {
  usage: 'inspect [--url URL] FILE',
  help: `Reads a saved API answer (FILE - is standard input), recognises its shape by its content, and prints each
record as one line of JSON under the names of docs/codebook.md. --url is the address that was asked for: it
decides the platform where the answer does not, and becomes collected_from_url. fetched_at_utc is the time at
which the file was last written; of standard input it is now. An answer that holds a status but no record
prints nothing, says so on standard error, and is no failure.`,
  run: async (args) => {
    const { values, positionals } = readArguments({
      args: [...args],
      allowPositionals: true,
      options: { url: { type: 'string' } },
    });
    const [path] = positionals;
    if (path === undefined || positionals.length !== 1) throw new UsageError('give one file, or - for standard input');
    await inspect(path, values.url);
  },
};
