/**
 * The shape of JSON for a bug report: key names, and of each value only its type. Whatever could name a person or a thing
 * is replaced by `*`.
 */

export type Outline = string | readonly Outline[] | { readonly [key: string]: Outline };

const maximumDepth = 8;
const maximumKeys = 60;
const maximumNodes = 600;

/** What programs call a field: words in camelCase or snake_case. Ids, handles with digits, and other scripts are none. */
const fieldName = /^[a-z][a-zA-Z_]{1,40}$/u;

/** Objects that are called maps: each of their keys names one thing. */
const maps = /^(?:users|by_?\w+)$|(?:Map|By[A-Z]\w*|_map|_by_\w+|Module|Dict)$/u;

/** Objects that are maps where they hold objects: `stats` is a thing's own figures as often as those of many. */
const mapsOfObjects = /^(?:user|stats|items?|posts|videos|comments|authors|shops|products|entities|data_?list)$/iu;

/** Of so many values of one kind the keys are no fields any more. */
const manyOfOneKind = 20;

/** Every short text in the JSON: a handle that is a key is nearly always a value, too. */
function textsIn(json: unknown, found: Set<string>, depth = 0): Set<string> {
  if (found.size >= 50_000 || depth > 60) return found;
  if (typeof json === 'string') {
    if (json.length <= 60) found.add(json.toLowerCase());
  } else if (typeof json === 'object' && json !== null) {
    for (const value of Object.values(json)) textsIn(value, found, depth + 1);
  }
  return found;
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** Whether an object's keys are names of things and not of fields. */
function isMap(key: string, json: Readonly<Record<string, unknown>>): boolean {
  const values = Object.values(json);
  if (values.length > maximumKeys || maps.test(key)) return true;
  const kinds = new Set(values.map((value) => typeof value));
  if (values.length > manyOfOneKind && kinds.size === 1) return true;
  if (values.length === 0 || !values.every(isObject)) return false;
  if (mapsOfObjects.test(key)) return true;
  const [first, ...rest] = values.map((value) => Object.keys(value).sort().join());
  return rest.length > 0 && rest.every((shape) => shape === first);
}

/** The outline of any JSON. Never throws; what is beyond its bounds is `…`. */
export function outlineOf(json: unknown): Outline {
  const texts = textsIn(json, new Set());
  let nodes = 0;

  function outline(value: unknown, key: string, depth: number): Outline {
    nodes += 1;
    if (nodes > maximumNodes || depth > maximumDepth) return '…';
    if (value === null) return 'null';
    if (Array.isArray(value)) {
      const parts = value.slice(0, 20).map((part) => outline(part, '', depth + 1));
      return distinct(parts).slice(0, 3);
    }
    if (!isObject(value)) return typeof value;
    const map = isMap(key, value);
    const outlined: Record<string, Outline> = {};
    for (const [name, part] of Object.entries(value).slice(0, maximumKeys)) {
      const safe = !map && fieldName.test(name) && !texts.has(name.toLowerCase());
      const shown = safe ? name : '*';
      // One of the things that a map holds stands for all.
      if (shown === '*' && Object.hasOwn(outlined, '*')) continue;
      outlined[shown] = outline(part, safe ? name : '', depth + 1);
    }
    return outlined;
  }
  return outline(json, '', 0);
}

function distinct(parts: readonly Outline[]): readonly Outline[] {
  return [...new Map(parts.map((part) => [JSON.stringify(part), part])).values()];
}
