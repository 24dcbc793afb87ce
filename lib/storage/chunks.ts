/**
 * A store from its beginning to its end, in lists of `atOnce`. The next one is asked for before one is handed out, so that
 * the browser reads while we work. `read` gives those after a key, which `keyOf` tells of each.
 */
export async function* eachChunk<Value, Key>(
  read: (after: Key) => Promise<readonly Value[]>,
  first: Key,
  keyOf: (value: Value) => Key,
  atOnce: number,
): AsyncGenerator<readonly Value[]> {
  let next: Promise<readonly Value[]> | null = read(first);
  while (next) {
    const values: readonly Value[] = await next;
    const last = values.at(-1);
    next = last !== undefined && values.length >= atOnce ? read(keyOf(last)) : null;
    // Whoever stops early does not hear of a failure of what was asked for ahead.
    next?.catch(() => undefined);
    if (values.length > 0) yield values;
  }
}
