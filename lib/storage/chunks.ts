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

/** What several give, as it comes: while one is waited for the others go on. */
export async function* together<Value>(sources: readonly AsyncGenerator<Value>[]): AsyncGenerator<Value> {
  const ask = async (source: AsyncGenerator<Value>) => ({ source, step: await source.next() });
  const waiting = new Map(sources.map((source) => [source, ask(source)]));
  // Whoever stops early does not hear of a failure of the others.
  for (const promise of waiting.values()) promise.catch(() => undefined);
  while (waiting.size > 0) {
    const { source, step } = await Promise.race(waiting.values());
    if (step.done === true) {
      waiting.delete(source);
      continue;
    }
    const next = ask(source);
    next.catch(() => undefined);
    waiting.set(source, next);
    yield step.value;
  }
}
