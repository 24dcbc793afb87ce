/**
 * 4CAT, on the server of the researcher's own team: its import API, which takes Zeeschuimer's files. Addresses, headers and
 * answers by 4CAT's source of 2026-08-19 (227bead, `webtool/views/api_tool.py`, `views_user.py`); nothing was tried against a
 * real server. What it imports and what of it, lib/exporters/zeeschuimer.ts says.
 *
 * - The token goes raw into the header `Authentication`. Whoever is not let in is redirected to the page of the login, or gets
 *   401 or 403, as the server is set up.
 * - The test asks for the server's version (`/api/version.json`), which only who is logged in may read, and which changes
 *   nothing. It does not tell whether the account may make datasets.
 * - 4CAT may replace the names of authors right after the import; without another choice it is asked to.
 */
import * as z from 'zod/mini';
import { AppError } from '../core/errors.ts';
import { parseJson } from '../core/lossless-json.ts';
import type { HttpRequest, HttpResponse } from '../core/ports.ts';
import { bearerKeyField, choiceField, urlField } from '../providers/field-schemas.ts';
import {
  cleanWords,
  decodeBody,
  notJsonError,
  type Party,
  partyError,
  retryTime,
  statusError,
} from '../providers/http-answer.ts';
import type { ErrorMeaning } from '../providers/provider.ts';
import { type Consignment, defineDestination, type DestinationContext, type Receipt } from './destination.ts';

const id = 'four-cat';
const label = '4CAT';
const timeoutMs = 30_000;
/** A file of 100 MB over a slow line, and the server's writing it down. */
const uploadTimeoutMs = 20 * 60_000;
/** 5 imports a minute are let through. */
const rateWaitMs = 60_000;
/** How long to wait before asking how far it is: soon at first, then less often. */
const pollMs = [1_000, 2_000, 3_000, 5_000] as const;
const pollEndMs = 10_000;
/** 4CAT goes on by itself; nobody needs to wait for it. */
const patienceMs = 2 * 60_000;

const credential = z.object({
  server: urlField({ label: 'field_four_cat_server', help: 'field_four_cat_server_help' }),
  token: bearerKeyField({ label: 'field_four_cat_token', help: 'field_four_cat_token_help' }),
  authors: choiceField({ label: 'field_four_cat_authors', help: 'field_four_cat_authors_help' }, [
    'pseudonymise',
    'anonymise',
    'none',
  ]),
});
type FourCatCredential = z.infer<typeof credential>;
type Context = DestinationContext<FourCatCredential>;

const errors = {
  login: { code: 'auth', advice: 'error_four_cat_login', billed: false },
  refused: { code: 'permission', advice: 'error_four_cat_refused', billed: false },
  platform: { code: 'unsupported', advice: 'error_four_cat_platform', billed: false },
  address: { code: 'upstream', advice: 'error_four_cat_address', billed: false },
  large: { code: 'bad_request', advice: 'error_four_cat_large', billed: false },
  often: { code: 'rate_limited', advice: 'error_four_cat_often', billed: false },
  gone: { code: 'not_found', advice: 'error_four_cat_gone', billed: false },
  answer: { code: 'schema', advice: 'error_four_cat_answer', billed: false },
} as const satisfies Readonly<Record<string, ErrorMeaning>>;

function partyOf({ token }: FourCatCredential): Party {
  return { provider: id, label, secrets: [token] };
}

function fieldOf(json: unknown, name: string): unknown {
  return typeof json === 'object' && json !== null ? Reflect.get(json, name) : undefined;
}

function textOf(json: unknown, name: string): string {
  const value = fieldOf(json, name);
  return typeof value === 'string' ? value : '';
}

function failure(
  { server, token }: FourCatCredential,
  kind: keyof typeof errors,
  response: HttpResponse | null,
  words = '',
  parameters: readonly string[] = [],
): AppError {
  const { code, advice } = errors[kind];
  const party = partyOf({ server, token, authors: 'none' });
  const { host } = new URL(server);
  return partyError(party, code, `${label} on ${host}: ${kind}${words === '' ? '' : ` (${words})`}.`, {
    advice,
    parameters: [host, ...parameters],
    retryable: kind === 'often',
    ...(response ? { upstreamCode: `HTTP ${response.status}` } : {}),
    ...(words === '' ? {} : { upstreamMessage: words }),
    ...(kind === 'often' && response ? { retryAt: retryTime(response, rateWaitMs) } : {}),
  });
}

interface Call {
  readonly path: string;
  readonly request?: Pick<HttpRequest, 'method' | 'file' | 'headers' | 'timeoutMs'>;
  /** What a 404 means that 4CAT itself answers. */
  readonly missing: (response: HttpResponse, words: string) => AppError;
}

/** One call. Resolves with the JSON of an answer of success. */
async function ask({ http, credential: own, signal }: Context, { path, request, missing }: Call): Promise<unknown> {
  const party = partyOf(own);
  const { headers = {}, ...rest } = request ?? { method: 'GET', timeoutMs };
  const response = await http({
    ...rest,
    url: `${own.server}${path}`,
    headers: { accept: 'application/json', authentication: own.token, ...headers },
    secrets: [own.token],
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    // Who is not logged in is led to the page of the login.
    if (error instanceof AppError && error.details.advice === 'error_redirected') throw failure(own, 'login', null);
    throw error;
  });
  const { text } = decodeBody(response.body);
  const json = parsed(text);
  const words = cleanWords(textOf(json, 'message') || textOf(json, 'error'), party);
  const { status } = response;
  if (status === 200) {
    if (json === undefined) throw notJsonError(party, text);
    return json;
  }
  if (status === 401) throw failure(own, 'login', response, words);
  if (status === 403) throw failure(own, 'refused', response, words);
  if (status === 404) throw json === undefined ? failure(own, 'address', response) : missing(response, words);
  if (status === 413) throw failure(own, 'large', response, words);
  if (status === 429) throw failure(own, 'often', response, words);
  throw statusError(party, response, rateWaitMs);
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** The dataset's page: the address that the server names, where it is on that server; a server behind a proxy may not know its own. */
function pageOf({ server }: FourCatCredential, key: string, named: string): string {
  const own = `${server}/results/${key}/`;
  if (named === '' || !URL.canParse(named, `${server}/`)) return own;
  const url = new URL(named, `${server}/`);
  return url.origin === new URL(server).origin ? url.href : own;
}

/** The status that a person reads: 4CAT writes it as HTML. */
function wordsOf(json: unknown, party: Party): string {
  return cleanWords(textOf(json, 'status'), party);
}

/** Asks how far the import is, until it is done or nobody waits any longer. */
async function waitFor(context: Context, key: string, { progress }: Consignment): Promise<Receipt> {
  const { credential: own, clock, signal } = context;
  const party = partyOf(own);
  const end = clock.now() + patienceMs;
  let url = pageOf(own, key, '');
  let words = '';
  for (let turn = 0; clock.now() < end; turn++) {
    await clock.sleep(pollMs[turn] ?? pollEndMs, signal);
    const json = await ask(context, {
      path: `/api/check-query/?key=${encodeURIComponent(key)}`,
      missing: (response, said) => failure(own, 'gone', response, said),
    }).catch((error: unknown) => {
      // The file is there: to be asked less often, or a moment's silence, is no reason to call it a failure.
      if (error instanceof AppError && error.retryable) return null;
      throw error;
    });
    if (json === null) continue;
    url = pageOf(own, key, textOf(json, 'url'));
    words = wordsOf(json, party);
    if (words !== '') progress?.(words);
    const rows = fieldOf(json, 'rows');
    if (fieldOf(json, 'done') === true)
      return { state: 'done', rows: typeof rows === 'number' ? rows : null, url, words };
  }
  return { state: 'reading', rows: null, url, words };
}

async function send(context: Context, consignment: Consignment): Promise<Receipt> {
  const { credential: own } = context;
  const { file, platform } = consignment;
  const query = own.authors === 'none' ? '' : `?pseudonymise=${own.authors}`;
  const json = await ask(context, {
    path: `/api/import-dataset/${query}`,
    request: {
      method: 'POST',
      file,
      headers: { 'content-type': 'application/x-ndjson', 'x-zeeschuimer-platform': platform },
      timeoutMs: uploadTimeoutMs,
    },
    missing: (response, words) => failure(own, 'platform', response, words, [platform]),
  });
  const key = textOf(json, 'key');
  if (!/^[\w-]{1,200}$/u.test(key))
    throw failure(own, 'answer', null, cleanWords(textOf(json, 'message'), partyOf(own)));
  return waitFor(context, key, consignment);
}

export const fourCat = defineDestination<FourCatCredential>({
  id,
  label,
  summary: 'destination_four_cat_summary',
  documentation: 'https://4cat.nl/',
  credential,
  origins: ({ server }) => [new URL(server).origin],
  takes: 'zeeschuimer',
  errors,
  send,
  async test(context) {
    const { credential: own } = context;
    const json = await ask(context, {
      path: '/api/version.json',
      missing: (response, words) => failure(own, 'address', response, words),
    });
    if (typeof fieldOf(json, 'items') !== 'object') throw failure(own, 'answer', null);
  },
});
