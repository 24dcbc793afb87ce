/** For tests: JSON and texts damaged at random, the same in every run, and what must hold of whatever is read of them. */
import { bareRecords } from '../core/record.samples.ts';
import { type AnyRecord } from '../core/record.ts';
import { recordRef } from '../core/observation.ts';
import { parseRefKey, refKey } from '../core/ref.ts';

/** Mulberry32: the same sequence in every run. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of a list that is not empty. */
export function pick<T>(list: readonly T[], random: () => number): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the index is within the list
  return list[Math.floor(random() * list.length)] as T;
}

function nested(levels: number): unknown {
  let json: unknown = { id: '7528963259874125698' };
  for (let level = 0; level < levels; level++) json = level % 2 === 0 ? [json] : { data: json };
  return json;
}

/** Values that readers have stumbled over. */
export const strange: readonly unknown[] = [
  undefined,
  null,
  '',
  'x',
  '\u{D800}',
  'a\u0000b',
  '$undefined',
  '../../etc',
  '👩‍👩‍👧‍👦\u202E\u2028',
  0,
  -1,
  1.5,
  Number.NaN,
  2 ** 60,
  1e308,
  '99999999999999999999999999',
  '7528963259874125698',
  '1.3万+',
  true,
  [],
  [null],
  [[[]]],
  {},
  { a: { b: null } },
  '{"a":1}',
  '{"id":7528963259874125698,"extra":"[{]"}',
  '[',
  JSON.parse('{"__proto__":{"id":1}}'),
  nested(180),
];

/** A copy of the JSON in which about every twentieth part is another one, or missing. */
export function mutations(json: unknown, random: () => number, rate = 1): unknown {
  if (random() < 0.06 * rate) return pick(strange, random);
  if (Array.isArray(json)) return json.map((entry) => mutations(entry, random, rate));
  if (typeof json === 'number' && random() < 0.1 * rate) return random() < 0.5 ? String(json) : json * 1e9;
  if (typeof json !== 'object' || json === null) return json;
  const entries = Object.entries(json).flatMap(([key, value]): [string, unknown][] => {
    if (random() < 0.04 * rate) return [];
    const name = random() < 0.005 * rate ? pick(['__proto__', 'constructor', 'toString', 'id', 'length'], random) : key;
    return [[name, mutations(value, random, rate)]];
  });
  return Object.fromEntries(entries);
}

const pieces = [
  '\u{D800}',
  '\u0000',
  '\u2028',
  '\uFEFF',
  '\u202E',
  '👩‍👩‍👧‍👦',
  '%',
  '%ZZ',
  '\\',
  '\\u0000',
  '"',
  "'",
  ',',
  ':',
  '{',
  '}',
  '[',
  ']',
  'null',
  'undefined',
  '"$undefined"',
  '-0',
  '1e999',
  '9'.repeat(400),
  '12345678901234567890',
  '"__proto__":{"id":"7528963259874125698","createTime":1,"video":{}},',
  '['.repeat(300),
  '{"data":'.repeat(300),
  '</script>',
  ']]>',
  '\r\n',
];

/** A text with one to four damages; `other` is a text of which parts are spliced in. */
export function mutateText(text: string, other: string, random: () => number): string {
  const place = (length: number) => Math.floor(random() * (length + 1));
  let damaged = text;
  for (let times = 1 + Math.floor(random() * 4); times > 0; times--) {
    const at = place(damaged.length);
    const end = Math.min(damaged.length, at + place(40));
    const from = place(other.length);
    damaged = pick<() => string>(
      [
        () => damaged.slice(0, at),
        () => damaged.slice(at),
        () => damaged.slice(0, at) + damaged.slice(end),
        () => damaged.slice(0, end) + damaged.slice(at),
        () => damaged.slice(0, at) + pick(pieces, random) + damaged.slice(at),
        () => damaged.slice(0, at) + pick(pieces, random) + damaged.slice(end),
        () => damaged.slice(0, at) + other.slice(from, from + place(200)) + damaged.slice(end),
        () => damaged.slice(0, at) + damaged.slice(at).replace(/\d/u, () => String(place(9))),
        () =>
          damaged.slice(0, at) + damaged.slice(at).replace(/\d+/u, (digits) => pick([digits + digits, '0'], random)),
        () =>
          damaged.slice(0, at) +
          damaged.slice(at).replace(/"([^"\\]*)"/u, (word) => pick([word.toUpperCase(), '""'], random)),
        () => damaged.slice(0, at) + damaged.slice(at).replace('{', `{${pick(pieces, random)}`),
      ],
      random,
    )();
  }
  return damaged;
}

const digits = /^\d{1,25}$/u;
/** No white space and no control characters: what ends up in files and addresses. */
const word = /^[^\s\p{Cc}]{1,200}$/u;
const line = /^[^\p{Cc}]{1,500}$/u;

/** The form of each kind's own id. */
const forms: { readonly [Type in AnyRecord['record_type']]: RegExp } = {
  post: digits,
  product: word,
  sku: word,
  author: /^(?:uid\/\d{1,25}|MS4wLjABAAAA[\w-]+|[^\s\p{Cc}/]{1,200})$/u,
  hashtag: /^(?:id\/\d{1,25}|[^\s\p{Cc}]{1,500})$/u,
  music: digits,
  collection: digits,
  comment: digits,
  review: word,
  live: /^(?:room\/\d{1,25}|[^\s\p{Cc}/]{1,200})$/u,
  shop: word,
};

function idFault(record: AnyRecord): string | null {
  const ref = recordRef(record);
  if (ref.id === '' || /^(?:uid|room|id)\/$/u.test(ref.id)) return 'has no id';
  const again = parseRefKey(refKey(ref));
  if (again?.id !== ref.id || again.kind !== ref.kind || again.platform !== ref.platform)
    return `has a ref key that is no ref: ${JSON.stringify(refKey(ref))}`;
  if (!forms[record.record_type].test(ref.id) || !ref.id.isWellFormed()) return `has the id ${JSON.stringify(ref.id)}`;
  if (record.record_type === 'sku' && !word.test(record.sku_id)) return `has the id ${JSON.stringify(record.sku_id)}`;
  return null;
}

function fieldFault(field: string, value: unknown): string | null {
  if (value === undefined) return `leaves ${field} open`;
  if (typeof value === 'number' && !Number.isFinite(value)) return `has no number in ${field}`;
  if (value === null) return null;
  if (/_count$|_minor$|_ms$|_at$|^width$|^height$|_position$/u.test(field)) {
    if (!Number.isSafeInteger(value) || Number(value) < 0) return `has ${JSON.stringify(value)} in ${field}`;
  } else if (/(?<!from)_id$|handle$|caption$|_name$|_url$|^title$|^text$/u.test(field)) {
    if (typeof value !== 'string' || !value.isWellFormed()) return `has ${JSON.stringify(value)} in ${field}`;
    if (field.endsWith('_id') && !line.test(value)) return `has ${JSON.stringify(value)} in ${field}`;
  } else if (/_urls$|hashtags|mentions|_ids$|options|_tags$|subtitles$/u.test(field) && !Array.isArray(value))
    return `has no list in ${field}`;
  if (field.endsWith('_flags') && !Object.values(value).every(isJson)) return `has no JSON in ${field}`;
  return null;
}

function isJson(text: unknown): boolean {
  try {
    JSON.parse(String(text));
    return typeof text === 'string';
  } catch {
    return false;
  }
}

function isEmpty(value: unknown): boolean {
  return value === null || value === 'unknown' || (typeof value === 'object' && Object.keys(value).length === 0);
}

function fieldsOf(type: AnyRecord['record_type']): string {
  return Object.keys(bareRecords[type]).sort().join();
}

/** What is wrong with a record that a reader made of anything at all; null for nothing. */
export function faultOf(record: AnyRecord): string | null {
  const faults = [
    idFault(record),
    Object.keys(record).sort().join() === fieldsOf(record.record_type) ? null : 'has other fields than its kind',
    ...Object.entries(record).map(([field, value]) => fieldFault(field, value)),
    ...Object.keys(record.figures).map((field) =>
      Reflect.get(record, field) === null ? `has a note of ${field} without a value` : null,
    ),
    ...Object.keys(record.missing_reasons).map((field) =>
      isEmpty(Reflect.get(record, field)) ? null : `gives a reason for ${field}, which has a value`,
    ),
  ];
  const fault = faults.find((found) => found !== null);
  return fault === undefined ? null : `A ${record.record_type} ${fault}.`;
}
