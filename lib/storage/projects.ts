/** Which studies there are, and what was saved into them. The names are settings; the memberships are data. */
import { AppError } from '../core/errors.ts';
import type { RefKey } from '../core/ref.ts';
import type { DataDatabase } from './database.ts';
import { changeProjects, getProjects, newProject, type ProjectList } from './items.ts';

/** Adds a project and makes it the active one. */
export function createProject(id: string, name: string): Promise<ProjectList> {
  return changeProjects(({ projects }) => ({ active: id, projects: [...projects, newProject(id, name)] }));
}

/** Makes a project the active one; nothing happens when there is none of this id. */
export function chooseProject(id: string): Promise<ProjectList> {
  return changeProjects((now) => (now.projects.some((project) => project.id === id) ? { ...now, active: id } : now));
}

/** Switches recording into a project on or off. */
export function setRecording(id: string, recording: boolean): Promise<ProjectList> {
  return changeProjects((now) => ({
    ...now,
    projects: now.projects.map((project) => (project.id === id ? { ...project, recording } : project)),
  }));
}

/** Changes a project's own settings; what is undefined stays. Nothing happens when there is none of this id. */
export function changeProject(
  id: string,
  change: {
    readonly name?: string | undefined;
    readonly keepRaw?: boolean | undefined;
    readonly retentionDays?: number | null | undefined;
  },
): Promise<ProjectList> {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  return changeProjects((now) => ({
    ...now,
    projects: now.projects.map((project) => (project.id === id ? { ...project, ...given } : project)),
  }));
}

/**
 * Takes a project off the list; where it was the active one, the first of the others is. Resolves with the project. Throws
 * AppError `not_found`, and `bad_request` for the last one.
 */
export async function removeProject(id: string): Promise<ActiveProject> {
  let removed: ActiveProject | null = null;
  await changeProjects(({ active, projects }) => {
    removed = projects.find((project) => project.id === id) ?? null;
    if (!removed) throw new AppError('not_found', `There is no project ${id}.`);
    const left = projects.filter((project) => project.id !== id);
    const [first] = left;
    if (!first) {
      throw new AppError('bad_request', 'The last project cannot be deleted.', { advice: 'error_last_project' });
    }
    return { active: active === id ? first.id : active, projects: left };
  });
  if (!removed) throw new AppError('not_found', `There is no project ${id}.`);
  return removed;
}

/** Whether a project (null, and one that is none: the active one) keeps the texts that records were read from. */
export async function keepsRaw(id: string | null): Promise<boolean> {
  const { projects } = await getProjects();
  return (projects.find((project) => project.id === id) ?? (await activeProject())).keepRaw;
}

export type ActiveProject = Readonly<ProjectList['projects'][number]>;

/** The project that Save and Record save into. */
export async function activeProject(): Promise<ActiveProject> {
  const { active, projects } = await getProjects();
  return projects.find(({ id }) => id === active) ?? projects[0] ?? newProject('default', '');
}

/** How many things were saved into a project. */
export function countMembers(database: DataDatabase, project: string): Promise<number> {
  return database.count('memberships', IDBKeyRange.bound([project], [project, []]));
}

/** Which of these are in the project. */
export async function membersAmong(
  database: DataDatabase,
  project: string,
  refs: readonly RefKey[],
): Promise<ReadonlySet<RefKey>> {
  const { store } = database.transaction('memberships');
  const keys = await Promise.all(refs.map((ref) => store.getKey([project, ref])));
  return new Set(keys.flatMap((key) => (key ? [key[1]] : [])));
}
