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

/** The memberships of these things. */
export async function membershipsOf(
  database: DataDatabase,
  refs: readonly RefKey[],
): Promise<ReadonlyMap<RefKey, readonly Membership[]>> {
  const projects = await projectsWithMembers(database);
  const { store } = database.transaction('memberships');
  const found = await Promise.all(
    refs.map(async (ref) => {
      const own = await Promise.all(projects.map((project) => store.get([project, ref])));
      return [ref, own.flatMap((membership) => membership ?? [])] as const;
    }),
  );
  return new Map(found);
}
