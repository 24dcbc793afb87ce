/** Saves what a tab's page holds into a project: copies it from the buffer, which goes with the tab, into the data. */
import type { Clock } from '../core/ports.ts';
import type { RefKey } from '../core/ref.ts';
import type { Membership } from '../storage/database.ts';
import { activeProject, membersAmong } from '../storage/projects.ts';
import { addObservations } from '../storage/records.ts';
import { bufferedObservations, completeObservations, getList, type PageList } from '../storage/session-buffer.ts';
import type { Sources } from './knowledge.ts';
import { refsOfList, sightingsOf } from './page-list.ts';
import { withoutRaw } from './raw-texts.ts';

/** Things that are read and written at once: their raw texts are large. */
const refsAtOnce = 200;

/**
 * Saves these things of a list, or with null all of them, into the active project; things that were only seen on the page
 * are saved by their ref. Resolves with their number. What is saved before a failure stays saved. Throws AppError
 * `storage_full`.
 */
export async function saveThings(
  { data, session, clock }: Sources & { readonly clock: Clock },
  tabId: number,
  listKey: string,
  wanted: readonly RefKey[] | null,
): Promise<number> {
  const [database, buffer, { id: project, keepRaw }] = await Promise.all([data(), session(), activeProject()]);
  const list = await getList(buffer, tabId, listKey);
  if (!list) return 0;
  const refs = wanted ?? refsOfList(list);
  const sighting = sightingsOf(list);
  const savedAt = clock.now();
  for (let start = 0; start < refs.length; start += refsAtOnce) {
    const some = refs.slice(start, start + refsAtOnce);
    const observations = keepRaw
      ? await completeObservations(buffer, tabId, some)
      : [...(await bufferedObservations(buffer, tabId, some)).values()].flat().map(withoutRaw);
    const memberships = some.map(
      (ref): Membership => ({
        project,
        ref_key: ref,
        saved_at: savedAt,
        sighting: sighting(ref),
        page_url: list.url,
      }),
    );
    await addObservations(database, observations, memberships);
  }
  return refs.length;
}

/** Whether something of the list is not in the project. What came last is asked for first: it is the likeliest. */
export async function hasUnsaved({ data }: Sources, list: PageList, project: string): Promise<boolean> {
  const refs = [...refsOfList(list)].reverse();
  const database = await data();
  for (let start = 0, size = 8; start < refs.length; start += size, size = 500) {
    const some = refs.slice(start, start + size);
    if ((await membersAmong(database, project, some)).size < some.length) return true;
  }
  return false;
}
