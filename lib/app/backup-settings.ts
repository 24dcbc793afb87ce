/** What a backup holds besides the data, brought together with what is here: what somebody has set here wins. Pure. */
import { defaultSettings, type Settings } from '../core/settings.ts';
import type { BackupSettings, LibraryView } from '../messaging/project-models.ts';
import { maximumProjects, maximumViews } from '../messaging/project-protocol.ts';
import { newProject, type ProjectList } from '../storage/items.ts';

type StoredProject = ProjectList['projects'][number];

/** Whether nobody has named it or changed anything of it. */
function isAsBegun(project: StoredProject): boolean {
  const begun = newProject(project.id, '');
  return project.name === '' && project.keepRaw === begun.keepRaw && project.retentionDays === begun.retentionDays;
}

/**
 * Adds the projects that are not here. None of them records before somebody says so, and the active one stays. One that is
 * here as it began (the first of every installation) becomes what it was in the backup.
 */
export function mergeProjects(now: ProjectList, given: BackupSettings['projects']): ProjectList {
  const byId = new Map(given.map((project) => [project.id, project]));
  const kept = now.projects.map((project) => {
    const own = byId.get(project.id);
    return own && isAsBegun(project) ? { ...own, recording: project.recording } : project;
  });
  const here = new Set(kept.map(({ id }) => id));
  const added = [...byId.values()]
    .filter(({ id }) => !here.has(id))
    .map((project) => ({ ...project, recording: false }))
    .slice(0, Math.max(0, maximumProjects - kept.length));
  return { ...now, projects: [...kept, ...added] };
}

/** The views that are not here are added, as long as there is room for them. */
export function mergeViews(now: readonly LibraryView[], given: readonly LibraryView[]): readonly LibraryView[] {
  const here = new Set(now.map(({ id }) => id));
  const added = given.filter(({ id }) => !here.has(id) && here.add(id));
  return [...now, ...added].slice(0, Math.max(now.length, maximumViews));
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Takes over each setting that nobody has changed here; of those that are by provider or capability each entry. */
export function mergeSettings(now: Settings, given: BackupSettings['settings']): Settings {
  const merged: Settings = {
    ...now,
    sourceOrder: { ...given.sourceOrder, ...now.sourceOrder },
    callPrices: { ...given.callPrices, ...now.callPrices },
    dailyLimits: { ...given.dailyLimits, ...now.dailyLimits },
  };
  const unchanged = Object.entries(given).filter(
    ([name, value]) =>
      value !== undefined &&
      Object.hasOwn(defaultSettings, name) &&
      isSame(Reflect.get(now, name), Reflect.get(defaultSettings, name)),
  );
  return { ...merged, ...Object.fromEntries(unchanged) };
}

/** How many of the first are new, or other than they were, in the second. */
export function changedCount<Value extends { readonly id: string }>(
  before: readonly Value[],
  after: readonly Value[],
): number {
  const byId = new Map(before.map((value) => [value.id, value]));
  return after.filter((value) => !isSame(byId.get(value.id), value)).length;
}

/** How many settings are others now. */
export function changedSettings(before: Settings, after: Settings): number {
  return Object.keys(after).filter((name) => !isSame(Reflect.get(before, name), Reflect.get(after, name))).length;
}
