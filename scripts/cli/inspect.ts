import { readFileSync } from 'node:fs';
import { AppError } from '../../lib/core/errors.ts';
import { defaultSheetChoices, type SheetChoices } from '../../lib/core/export-choices.ts';
import { parseJson } from '../../lib/core/lossless-json.ts';
import { type AnyRecord, type Availability, recordTypes, type RecordType } from '../../lib/core/record.ts';
import { recordRef } from '../../lib/core/observation.ts';
import { type EntityRef, refKey } from '../../lib/core/ref.ts';
import { withoutTracking } from '../../lib/core/text.ts';
import { describeRecord } from '../../lib/exporters/describe.ts';
import type { Importer } from '../../lib/importers/importer.ts';
import { type Answer, payloads, readAnswer } from '../../lib/payloads/index.ts';
import type { AnswerStatus, PayloadContext } from '../../lib/payloads/payload.ts';
import { detectUrl } from '../../lib/sites/index.ts';
import { type Command, InputError, note, printJson, UsageError } from './command.ts';
import { readArguments, readInput } from './input.ts';
import { collectionImporter, readCollection } from './saved-collection.ts';
import { isPage, readPage, readPageBlocks } from './saved-page.ts';

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
    throw new InputError(`${name}: ${text.trim() === '' ? 'it is empty.' : error.message}`);
  }
}

const meanings: Readonly<Partial<Record<Availability, string>>> = {
  removed: 'removed',
  private: 'private',
  region_blocked: 'not available in this region',
  login_wall: 'only for whoever is logged in',
  captcha: 'a captcha was asked for',
  not_available: 'not available to this viewer',
};

/** "10204 item doesn't exist (not available to this viewer)". */
function statusWords(status: AnswerStatus | null): string {
  const meaning = status?.availability ? meanings[status.availability] : undefined;
  return [status?.code, status?.message, meaning && `(${meaning})`].filter(Boolean).join(' ');
}

const names: { readonly [Type in RecordType]: readonly [one: string, many: string] } = {
  post: ['post', 'posts'],
  product: ['product', 'products'],
  sku: ['SKU', 'SKUs'],
  author: ['author', 'authors'],
  hashtag: ['hashtag', 'hashtags'],
  music: ['sound', 'sounds'],
  collection: ['collection', 'collections'],
  comment: ['comment', 'comments'],
  review: ['review', 'reviews'],
  live: ['live room', 'live rooms'],
  shop: ['shop', 'shops'],
};

/** "29 posts, 1 author". */
function summary(records: readonly AnyRecord[]): string {
  return recordTypes
    .map((type) => ({ count: records.filter((record) => record.record_type === type).length, name: names[type] }))
    .filter(({ count }) => count > 0)
    .map(({ count, name: [one, many] }) => `${count} ${count === 1 ? one : many}`)
    .join(', ');
}

/** Says on stderr what there is to know of an answer without records. */
function explainNothing(name: string, json: unknown, { payload, status }: Answer): void {
  if (!payload && !status) {
    const known = payloads.map(({ id }) => id).join(', ');
    throw new InputError(`${name}: no known answer, but ${outline(json)}. Known are: ${known}.`);
  }
  const words = statusWords(status);
  const shape = payload ? `an answer of the shape ${payload}` : 'an answer';
  note(`${name}: ${shape} without a record${words ? `; it says: ${words}` : ''}`);
}

/** Prints the records, how many they are, and whether the asked one is among them. */
function printRecords(name: string, records: readonly AnyRecord[], asked: EntityRef | undefined, now: number): void {
  // On the screen of whoever has the file: people are in it as they are there.
  const choices: SheetChoices = { ...defaultSheetChoices, personal: 'include' };
  const context = { timeZone: 'UTC', now, extensionVersion: version, choices };
  for (const record of records) printJson(describeRecord(record, context));
  note(`${name}: ${summary(records)}`);
  const comparable = asked?.kind === 'post' || asked?.kind === 'product';
  if (asked && comparable && !records.some((record) => refKey(recordRef(record)) === refKey(asked))) {
    note(`${name}: none of the records is ${refKey(asked)}`);
  }
}

/** What an input is read with, beside its content. */
interface Call {
  readonly name: string;
  readonly address: string | undefined;
  readonly asked: EntityRef | undefined;
  readonly now: number;
  readonly fetchedAt: number;
}

function contextOf({ fetchedAt, asked }: Call, pageUrl: string | null): PayloadContext {
  const platform = asked ? { platform: asked.platform } : {};
  return { collectedVia: 'import', provider: null, endpoint: null, pageUrl, fetchedAt, ...platform };
}

function inspectAnswer(text: string, call: Call): void {
  const { name, address, asked, now } = call;
  if (address !== undefined && !asked) note(`${address}: not a URL that names something; read without it`);
  const json = parse(name, text);
  const pageUrl = address !== undefined && asked ? withoutTracking(address) : null;
  // A text would be taken for JSON that is still to be parsed.
  const answer = readAnswer(typeof json === 'string' ? [json] : json, contextOf(call, pageUrl));
  if (answer.records.length === 0) return explainNothing(name, json, answer);
  printRecords(name, answer.records, asked, now);
}

function inspectPage(html: string, call: Call): void {
  const { name, address, asked, now } = call;
  const page = readPage(html, address);
  if (address !== undefined && !page.isGiven) note(`${address}: not an address of TikTok or Douyin; read without it`);
  if (page.blocks.length === 0 && page.address === null)
    throw new InputError(`${name}: HTML, but no page of TikTok or Douyin that is known.`);
  if (page.blocks.length === 0) return note(`${name}: a page of ${page.address} without any block of data`);
  const pageUrl = page.address === null ? null : withoutTracking(page.address);
  const { answers, records, withheld } = readPageBlocks(page, address, contextOf(call, pageUrl));
  const blocks = page.blocks.map(({ block }) => block).join(', ');
  const stale = answers.filter((answer) => answer.stale).map(({ block }) => block);
  if (stale.length > 0) note(`${name}: left out as of another page than ${address}: ${stale.join(', ')}`);
  if (withheld > 0) note(`${name}: left out ${withheld} of the account that was logged in`);
  if (records.length > 0) return printRecords(name, records, asked, now);
  const words = statusWords(answers.find(({ status }) => status !== null)?.status ?? null);
  note(`${name}: a page with the blocks ${blocks}, without a record${words ? `; it says: ${words}` : ''}`);
}

/** Problems that are said one by one. */
const problemsShown = 20;

async function inspectCollection(importer: Importer, text: string, call: Call): Promise<void> {
  const { name, asked, now, fetchedAt } = call;
  const { records, problems } = await readCollection(importer, text, fetchedAt);
  for (const problem of problems.slice(0, problemsShown)) note(`${name}: ${problem}`);
  if (problems.length > problemsShown) note(`${name}: ${problems.length - problemsShown} more that cannot be read`);
  if (records.length === 0) throw new InputError(`${name}: a file of the form ${importer.id} without a record.`);
  printRecords(name, records, asked, now);
}

async function inspect(path: string, address: string | undefined): Promise<void> {
  const name = path === '-' ? 'standard input' : path;
  const asked = address === undefined ? undefined : detectUrl(address)[0];
  const now = Date.now();
  const { text, modifiedAt } = await readInput(path, now);
  const call = { name, address, asked, now, fetchedAt: modifiedAt < earliestFileTime ? now : modifiedAt };
  const importer = collectionImporter(text);
  if (importer) await inspectCollection(importer, text, call);
  else if (isPage(text)) inspectPage(text, call);
  else inspectAnswer(text, call);
}

export const command: Command = {
  usage: 'inspect [--url URL] FILE',
  help: `Reads a saved API answer, a whole saved page or a collection (FILE - is standard input), recognises
what it holds, and prints each record as one line of JSON under the names of docs/codebook.md; how
many there are of each kind is said on standard error. Collections are the NDJSON of Clipscope and
of Zeeschuimer, and tables of TikTok's Research API; their lines that cannot be read are said on
standard error. Of a page it reads the data blocks that the page embeds. --url is the address that
was asked for: it decides the platform where the content does not, becomes collected_from_url, and
blocks of a page that are about another one are left out as stale. Without it a page's own canonical
address is taken, and nothing counts as stale. fetched_at_utc is the time at which the file was last
written; of standard input it is now. An answer or a page that holds a status but no record prints
nothing, says so on standard error, and is no failure.`,
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
