/**
 * The team's own 4CAT: its import API after its source of 2026-08-19 (`api_tool.py`, `views_user.py`). What the words of its
 * status are after a failed import is made up.
 */
import { applySharedFault, asFaulty, logCall, takeFault } from './faults.ts';
import { readImport } from './four-cat-imports.ts';
import { type Exchange, jsonType, send } from './state.ts';

export const fourCatHost = '4cat.team.test';

const importsPerMinute = 5;
const minuteMs = 60_000;
/** An import is under way for the first of the questions about it. */
const pollsUnderWay = 1;

interface Answer {
  verdict: string;
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** Who has the token is let in: by the query, or by either header, without "Bearer". */
function isLoggedIn({ request, url, state }: Exchange): boolean {
  const header = request.headers['authentication'] ?? request.headers.authorization;
  return (url.searchParams.get('access-token') ?? header) === state.credentials.fourCat.token;
}

/** The data source that a platform is for: the text before its first full stop, digits as words. */
function sourceOf(platform: string): string {
  const words = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
  return (platform.split('.')[0] ?? '').replace(/[1-9]/g, (digit) => words[Number(digit)] ?? digit);
}

function importFile({ request, url, body, state }: Exchange): Answer {
  const { fourCat } = state;
  const now = state.now();
  fourCat.importTimes = fourCat.importTimes.filter((time) => now - time < minuteMs);
  if (fourCat.importTimes.length >= importsPerMinute)
    return { verdict: 'rate_limit', status: 429, body: { message: '5 per 1 minute' } };
  fourCat.importTimes.push(now);
  const header = request.headers['x-zeeschuimer-platform'];
  const platform = typeof header === 'string' ? header : '';
  // 4CAT itself does not look whether the header is there.
  if (platform === '') return { verdict: 'missing_parameter', status: 500, body: { message: 'Internal Server Error' } };
  const source = sourceOf(platform);
  if (!fourCat.sources.includes(source))
    return {
      verdict: 'unknown_api',
      status: 404,
      body: { message: `Unknown platform or source format '${source}'` },
    };
  const key = `4ca7${String(fourCat.imports.length + 1).padStart(28, '0')}`;
  const made = readImport(key, platform, url.searchParams.get('pseudonymise') ?? 'none', body);
  fourCat.imports.push(made);
  return { verdict: 'ok', status: 200, body: { status: 'queued', key, url: `/results/${key}/` } };
}

function checkImport({ url, state }: Exchange): Answer {
  const { imports, polls } = state.fourCat;
  const key = url.searchParams.get('key') ?? '';
  const made = imports.find((one) => one.key === key);
  if (!made) return { verdict: 'not_found', status: 404, body: { error: 'Dataset does not exist.' } };
  const asked = (polls.get(key) ?? 0) + 1;
  polls.set(key, asked);
  const done = asked > pollsUnderWay;
  const read = made.failed
    ? '<p>The import has crashed; an item could not be read.</p>'
    : `<p>Imported ${made.items.length} items${made.rows < made.items.length ? `, ${made.items.length - made.rows} of which could not be mapped` : ''}.</p>`;
  return {
    verdict: 'ok',
    status: 200,
    body: {
      datasource: sourceOf(made.platform),
      status: done ? read : '<p>Importing uploaded file...</p>',
      rows: done ? made.rows : 0,
      key,
      done,
      progress: done ? 100 : 0,
      empty: made.rows === 0,
      url: `https://${fourCatHost}/results/${key}/`,
    },
  };
}

function answer(exchange: Exchange): Answer {
  const { request, url } = exchange;
  const isImport = url.pathname === '/api/import-dataset/' && request.method === 'POST';
  const isCheck = url.pathname === '/api/check-query/';
  const isVersion = url.pathname === '/api/version.json';
  if (!isImport && !isCheck && !isVersion)
    return { verdict: 'unknown_api', status: 404, body: '<!doctype html><title>4CAT</title>Page not found' };
  if (!isLoggedIn(exchange)) {
    return { verdict: 'wrong_key', status: 302, body: '', headers: { location: `https://${fourCatHost}/login/` } };
  }
  if (isImport) return importFile(exchange);
  if (isCheck) return checkImport(exchange);
  return { verdict: 'ok', status: 200, body: { code: 200, items: { version: '1.56', code_version: '1.56' } } };
}

/** Handles one call of the team's 4CAT. */
export async function handleFourCat(exchange: Exchange): Promise<void> {
  const { response, state, url, host } = exchange;
  const key = url.searchParams.get('key');
  const fault = takeFault(state, 'four-cat', host, key);
  if (fault?.kind === 'rate_limit') {
    const headers = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
    logCall(exchange, 'four-cat', fault, { apiName: url.pathname, itemId: key, verdict: 'rate_limit' });
    return send(response, 429, 'text/html; charset=utf-8', '<h1>Too Many Requests</h1>', headers);
  }
  const { verdict, status, body, headers } = answer(exchange);
  logCall(exchange, 'four-cat', fault, { apiName: url.pathname, itemId: key, verdict });
  if (fault && (await applySharedFault(exchange, fault))) return;
  const isText = typeof body === 'string';
  const text = isText ? body : JSON.stringify(body);
  send(response, status, isText ? 'text/html; charset=utf-8' : jsonType, asFaulty(fault, text), headers);
}
