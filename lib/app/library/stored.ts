/** What the library reads from the data beside the records' summaries: in lists, so that the browser hands out many at once. */
import type { RefKey } from '../../core/ref.ts';
import { eachChunk } from '../../storage/chunks.ts';
import type { DataDatabase, Membership } from '../../storage/database.ts';

const rowsAtOnce = 2_000;

/** Every membership, by project and ref key. */
export function eachMembership(database: DataDatabase): AsyncGenerator<readonly Membership[]> {
  const read = (after: readonly [string, string]) =>
    database.getAll('memberships', IDBKeyRange.lowerBound(after, true), rowsAtOnce);
  return eachChunk<Membership, readonly [string, string]>(
    read,
    ['', ''],
    ({ project, ref_key: ref }) => [project, ref],
    rowsAtOnce,
  );
}

/** The projects that hold something. */
export async function projectsWithMembers(database: DataDatabase): Promise<readonly string[]> {
  const found: string[] = [];
  let cursor = await database.transaction('memberships').store.openKeyCursor();
  while (cursor) {
    const [project] = cursor.key;
    found.push(project);
    // After every ref of this project: a list is greater than any text.
    cursor = await cursor.continue(afterProject(project));
  }
  return found;
}

function afterProject(project: string): [string, RefKey] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- IndexedDB orders keys of any kind; no ref is meant
  return [project, []] as unknown as [string, RefKey];
}

/** How many more rows than wanted a range may give, before the wanted ones are read one by one. */
const besides = 100;

/** The memberships of these things. `projects`: those that hold something, where that is known already. */
export async function membershipsOf(
  database: DataDatabase,
  refs: readonly RefKey[],
  projects?: readonly string[],
): Promise<ReadonlyMap<RefKey, readonly Membership[]>> {
  const found = new Map<RefKey, Membership[]>(refs.map((ref) => [ref, []]));
  const [first, last] = [refs[0], refs.at(-1)];
  if (first === undefined || last === undefined) return found;
  const isInOrder = refs.every((ref, index) => index === 0 || (refs[index - 1] ?? '') < ref);
  const within = projects ?? (await projectsWithMembers(database));
  const { store } = database.transaction('memberships');
  const lists = await Promise.all(
    within.map(async (project): Promise<readonly Membership[]> => {
      const most = refs.length + besides;
      // Side by side in the store, as in a whole project, they are read as one range.
      const near = isInOrder ? await store.getAll(IDBKeyRange.bound([project, first], [project, last]), most) : null;
      if (near && near.length < most) return near;
      return (await Promise.all(refs.map((ref) => store.get([project, ref])))).flatMap(
        (membership) => membership ?? [],
      );
    }),
  );
  for (const membership of lists.flat()) found.get(membership.ref_key)?.push(membership);
  return found;
}
