/** A tab's page as the panel and the popup see it. */
import { parseRefKey, type RefKey } from '../core/ref.ts';
import type { PageEntry, PageState, PageView, Project } from '../messaging/protocol.ts';
import type { DataDatabase } from '../storage/database.ts';
import { getProjects, newProject } from '../storage/items.ts';
import { activeProject, countMembers, membersAmong } from '../storage/projects.ts';
import { storedRefs } from '../storage/records.ts';
import { getList, type PageList } from '../storage/session-buffer.ts';
import { knownOf, type Sources } from './knowledge.ts';
import { declaredBy } from './page-bar.ts';
import { ranksOf, refsOfList } from './page-list.ts';

/** All projects, the active one first. */
export async function listProjects(database: DataDatabase): Promise<readonly Project[]> {
  const [{ projects }, { id: active }] = await Promise.all([getProjects(), activeProject()]);
  const counted = await Promise.all(
    projects.map(async (project) => ({ ...project, savedCount: await countMembers(database, project.id) })),
  );
  return [...counted.filter(({ id }) => id === active), ...counted.filter(({ id }) => id !== active)];
}

/**
 * What the page's own subject says of the number of its things. A hashtag's page may be called by another case than its
 * record is.
 */
export async function declaredOf(sources: Sources, list: PageList, tabId: number): Promise<PageView['declared']> {
  const { subject } = list;
  if (!subject) return null;
  const alike = list.others.find((ref) => ref !== subject && ref.toLowerCase() === subject.toLowerCase());
  const known = await knownOf(sources, alike ? [subject, alike] : [subject], tabId);
  const { record = null } = known.get(subject) ?? (alike ? known.get(alike) : null) ?? {};
  return declaredBy(record);
}

function statusOf(list: PageList, page: PageState): PageView['status'] {
  const own = [...page.refs, list.subject].flatMap((ref) => (ref === null ? [] : (list.statuses[ref] ?? [])));
  return own[0] ?? null;
}

/** What the tab's page shows and loaded, in its order. */
export async function pageView(sources: Sources, page: PageState): Promise<PageView> {
  const { tabId, listKey } = page;
  const [database, session, projects] = await Promise.all([
    sources.data(),
    sources.session(),
    sources.data().then(listProjects),
  ]);
  const list = await getList(session, tabId, listKey);
  const [project] = projects;
  const active = project ?? { ...newProject('default', ''), savedCount: 0 };
  if (!list) {
    return { ...page, entries: [], others: [], declared: null, status: null, project: active, unsavedCount: 0 };
  }
  const refs = list.entries.map(({ ref }) => ref);
  const all = refsOfList(list);
  const [saved, stored, declared] = await Promise.all([
    membersAmong(database, active.id, all),
    storedRefs(
      database,
      list.entries.flatMap((entry) => (entry.has_data ? [] : [entry.ref])),
    ),
    declaredOf(sources, list, tabId),
  ]);
  const ranks = ranksOf(list);
  const entries = list.entries.map(
    (entry): PageEntry => ({
      ref: entry.ref,
      role: entry.role,
      hook: entry.hook,
      rank: ranks.get(entry.ref) ?? null,
      firstSeenAt: entry.first_seen_at,
      lastSeenAt: entry.last_seen_at,
      hasData: entry.has_data || stored.has(entry.ref),
      saved: saved.has(entry.ref),
    }),
  );
  const listed = new Set(refs);
  return {
    ...page,
    entries,
    others: list.others.filter((ref) => !listed.has(ref)),
    declared,
    status: statusOf(list, page),
    project: active,
    unsavedCount: all.length - saved.size,
  };
}

/** The things of a page that files are made of: what it is about, then its list, then what else it brought. */
export function refsOfView(view: PageView): readonly RefKey[] {
  const own = view.refs.filter((ref) => /^(?:post|product)$/u.test(parseRefKey(ref)?.kind ?? ''));
  const entries = view.entries.map(({ ref }) => ref);
  const listed = new Set(entries);
  return [...new Set([...own.filter((ref) => !listed.has(ref)), ...entries, ...view.others])];
}
