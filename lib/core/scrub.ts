/**
 * Takes the researcher out of JSON that a page carried, before it is kept: tokens, device and visitor ids, what the viewer
 * did (digged, collected, followed), and the whole of the app context.
 */
import { parseJson } from './lossless-json.ts';
import { isSession, isSessionKey, isViewersKey, isViewersParameter } from './scrub-names.ts';

/** Deeper than any answer; what lies below is left out. */
const maximumDepth = 200;

/** The time of a request and the machine that answered it, up to the asker's address: 2026, both platforms. */
export const requestId = /^20\d{12}[\dA-F]{16,22}$/u;

const ipAddress = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4}(?::[\da-f]{0,4}){2,7})$/iu;

/**
 * A run of parameters after `?` or `&`, with the separator before it, in one of the forms in which an address is written:
 * as it is, within HTML or JSON text, or percent-encoded within another address.
 */
const forms = [
  { question: String.raw`\?`, and: '&(?!amp;)', equals: '=', sign: '=' },
  { question: String.raw`\?`, and: '&amp;', equals: '=', sign: '&amp;' },
  { question: String.raw`\?`, and: String.raw`\\u0026`, equals: String.raw`(?:=|\\u003d)`, sign: String.raw`\u00` },
  { question: '%3F', and: '%26', equals: '%3D', sign: '%' },
  { question: '%253F', and: '%2526', equals: '%253D', sign: '%25' },
].map(({ question, and, equals, sign }) => {
  const name = String.raw`([\w.-]{1,60})`;
  const value = String.raw`((?:(?!${and}|%(?:25)?23)[^&#\s"'<>\\])*)`;
  return {
    /** Without it, the text has no address in this form. */
    sign,
    start: new RegExp(`(${question}|${and})(?=[\\w.-]{1,60}${equals})`, 'giu'),
    parameter: new RegExp(`${name}${equals}${value}(?:${and}|(?=([^]|$)))`, 'iuy'),
  };
});

/** Names that mean nothing but a token, wherever they stand: in a cookie's text, for one. */
const tokens =
  /(?<![\w-])(?:ms_?token|verify_?fp|s_v_web_id|ttwid|odin_tt|sessionid(?:_ss)?|sid_(?:tt|guard)|uid_tt|x-bogus|a_bogus|x-gnarly|tt_chain_token)=[^&#;\s"'<>\\]+/giu;

/** Whoever passed a link on is named in it by these, where it has a `u_code`. */
const sharer: ReadonlySet<string> = new Set(['user_id', 'sec_user_id']);

function withoutParameters(text: string): string {
  const isShared = /\bu_code\b/u.test(text);
  const isUnwanted = (name: string, value: string): boolean =>
    isViewersParameter(name) || requestId.test(value) || (isShared && sharer.has(name.toLowerCase()));
  let clean = text;
  for (const { sign, start, parameter } of forms) {
    if (!clean.includes(sign)) continue;
    let kept = '';
    let from = 0;
    for (const { 0: separator, index } of clean.matchAll(start)) {
      if (index < from) continue;
      let end = index + separator.length;
      let isFollowed = true;
      // Every parameter of the run that is to go; the separator stays for the next one.
      for (;;) {
        parameter.lastIndex = end;
        const [whole, name = '', value = '', after] = parameter.exec(clean) ?? [];
        if (whole === undefined || !isUnwanted(name, value)) break;
        end += whole.length;
        isFollowed = after === undefined;
        if (!isFollowed) break;
      }
      if (end === index + separator.length) continue;
      kept += clean.slice(from, index) + (isFollowed ? separator : '');
      from = end;
    }
    clean = from === 0 ? clean : kept + clean.slice(from);
  }
  return clean;
}

/** Whether text that is no JSON by itself holds JSON with something of the viewer's: a piece of a script, a cut-off text. */
function holdsViewersKey(text: string): boolean {
  if (!/"\s*:/u.test(text)) return false;
  return [...text.matchAll(/(?:^|[{,]\s*)\\*"([\w.-]{1,60})\\*"\s*:\s*(?=[\\"\d[{tfn-])/gu)].some(([, key = '']) =>
    isViewersKey(key),
  );
}

/** JSON text parsed; undefined for text that is none. */
function parsed(text: string): unknown {
  if (!/^\s*[[{]/u.test(text)) return undefined;
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function scrubText(text: string, depth: number, seen: WeakMap<object, unknown>): string {
  if (requestId.test(text)) return '';
  if (/^%(?:7B|5B)/iu.test(text)) {
    const decoded = decode(text);
    const clean = decoded === null ? '' : scrubText(decoded, depth, seen);
    return clean === decoded ? text : encodeURIComponent(clean);
  }
  const inner = parsed(text);
  if (inner !== undefined) {
    const clean = scrubValue(inner, depth + 1, seen);
    // Compared as text, so that what holds nothing of the viewer's keeps the form in which its source wrote it.
    const written = JSON.stringify(clean);
    return written === JSON.stringify(inner) ? text : written;
  }
  if (holdsViewersKey(text)) return '';
  const clean = /=|%(?:25)?3D|\\u003d/iu.test(text) ? withoutParameters(text) : text;
  return clean.includes('=') ? clean.replaceAll(tokens, '') : clean;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function scrubObject(object: object, depth: number, seen: WeakMap<object, unknown>): unknown {
  const keys = Object.keys(object);
  const isViewers = isSession(keys) ? (key: string) => isViewersKey(key) || isSessionKey(key) : isViewersKey;
  const entries = keys.flatMap((key): [string, unknown][] => {
    if (isViewers(key)) return [];
    const value: unknown = Reflect.get(object, key);
    if (value === undefined || typeof value === 'function' || typeof value === 'symbol') return [];
    if (typeof value === 'string' && (requestId.test(value) || (key === 'ip' && ipAddress.test(value)))) return [];
    const name = /[?&={["%]|^20\d{12}/u.test(key) ? scrubText(key, depth, seen) : key;
    return [[name, scrubValue(value, depth + 1, seen)]];
  });
  // Not assignment: a key may be `__proto__`.
  return Object.fromEntries(entries);
}

function scrubValue(value: unknown, depth: number, seen: WeakMap<object, unknown>): unknown {
  if (typeof value === 'string') return scrubText(value, depth, seen);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null || depth > maximumDepth) return null;
  const known = seen.get(value);
  if (known !== undefined) return known;
  // Until it is known: what leads back to itself ends here.
  seen.set(value, null);
  const clean = Array.isArray(value)
    ? Array.from(value, (entry: unknown) => scrubValue(entry, depth + 1, seen))
    : scrubObject(value, depth, seen);
  seen.set(value, clean);
  return clean;
}

/**
 * A copy of the JSON without them, at every depth, in JSON inside texts and in the addresses too. Pure and total: what is
 * no JSON becomes null or is left out, and what cannot be read at all is null.
 */
export function scrub(json: unknown): unknown {
  try {
    return scrubValue(json, 0, new WeakMap());
  } catch {
    // An object that refuses to be read: not JSON, and nothing to keep.
    return null;
  }
}
