/** Which studies there are, and what was saved into them. The names are settings; the memberships are data. */
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
