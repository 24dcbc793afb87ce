/** Answers the messages about projects and about what is stored. */
import type { Project, StorageSummary, WorkerEvent } from '../messaging/protocol.ts';
import { clearLookups, countLookups } from '../storage/cache.ts';
import type { DataDatabase } from '../storage/database.ts';
import { resetProjects } from '../storage/items.ts';
import { activeProject, chooseProject, createProject, setRecording } from '../storage/projects.ts';
import { countStored, deleteAll } from '../storage/records.ts';
import type { Handlers } from '../messaging/server.ts';
import { listProjects } from './page-view.ts';

export interface ProjectDependencies {
  readonly data: () => Promise<DataDatabase>;
  /** What is on the screen when recording begins is recorded as well. */
  readonly saveOpenPages: () => Promise<void>;
  readonly tell: (event: WorkerEvent) => void;
}

type Names =
  | 'project.list'
  | 'project.create'
  | 'project.choose'
  | 'project.record'
  | 'storage.summary'
  | 'cache.clear'
  | 'data.delete';

export function projectHandlers({ data, saveOpenPages, tell }: ProjectDependencies): Handlers<Names> {
  async function projects(): Promise<readonly Project[]> {
    return listProjects(await data());
  }

  async function projectsChanged(): Promise<readonly Project[]> {
    tell({ event: 'projects.changed' });
    return projects();
  }

  async function summary(): Promise<StorageSummary> {
    const database = await data();
    return { ...(await countStored(database)), cachedLookups: await countLookups(database) };
  }

  return {
    'project.list': () => projects(),
    'project.create': async ({ name }) => {
      await createProject(crypto.randomUUID(), name);
      return projectsChanged();
    },
    'project.choose': async ({ id }) => {
      await chooseProject(id);
      return projectsChanged();
    },
    'project.record': async ({ id, recording }) => {
      await setRecording(id, recording);
      if (recording && (await activeProject()).id === id) await saveOpenPages();
      return projectsChanged();
    },
    'storage.summary': () => summary(),
    'cache.clear': async () => {
      await clearLookups(await data());
      return summary();
    },
    'data.delete': async () => {
      // Without a project that records, nothing new is kept while the old is deleted.
      await resetProjects();
      await deleteAll(await data());
      tell({ event: 'data.deleted' });
      tell({ event: 'projects.changed' });
      return summary();
    },
  };
}
