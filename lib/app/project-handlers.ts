/** Answers the messages about projects and about what is stored. */
import type { Clock } from '../core/ports.ts';
import type { Translate } from '../i18n/index.ts';
import type { Project, StorageSummary, WorkerEvent } from '../messaging/protocol.ts';
import type { Handlers } from '../messaging/server.ts';
import { clearLookups, countLookups } from '../storage/cache.ts';
import type { CredentialDatabase, DataDatabase } from '../storage/database.ts';
import { addMembers, removeMembers } from '../storage/members.ts';
import { activeProject, changeProject, chooseProject, createProject, setRecording } from '../storage/projects.ts';
import { pseudonymKey } from '../storage/pseudonyms.ts';
import { countStored } from '../storage/records.ts';
import { listProjects } from './page-view.ts';
import type { Room } from './room.ts';

export interface ProjectDependencies {
  readonly data: () => Promise<DataDatabase>;
  readonly credentials: () => Promise<CredentialDatabase>;
  readonly clock: Clock;
  readonly room: Room;
  readonly translator: () => Promise<Translate>;
  /** What is on the screen when recording begins is recorded as well. */
  readonly saveOpenPages: () => Promise<void>;
  readonly tell: (event: WorkerEvent) => void;
}

type Names =
  | 'project.list'
  | 'project.create'
  | 'project.choose'
  | 'project.record'
  | 'project.change'
  | 'project.key'
  | 'project.add'
  | 'project.remove'
  | 'storage.summary'
  | 'storage.room'
  | 'cache.clear'
  | 'library.changed';

/** What is stored, counted. */
export async function summaryOf(database: DataDatabase): Promise<StorageSummary> {
  return { ...(await countStored(database)), cachedLookups: await countLookups(database) };
}

export function projectHandlers(dependencies: ProjectDependencies): Handlers<Names> {
  const { data, credentials, clock, room, translator, saveOpenPages, tell } = dependencies;

  async function projects(): Promise<readonly Project[]> {
    return listProjects(await data());
  }

  async function projectsChanged(): Promise<readonly Project[]> {
    tell({ event: 'projects.changed' });
    return projects();
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
    'project.change': async ({ id, ...change }) => {
      await changeProject(id, change);
      return projectsChanged();
    },
    'project.key': async ({ id }) => {
      const t = await translator();
      const project = (await projects()).find((candidate) => candidate.id === id);
      const { key, made_at: madeAt } = await pseudonymKey(await credentials(), id, clock.now());
      const file = {
        about: t('pseudonym_key_about'),
        project: project?.name || t('project_first'),
        made_at: new Date(madeAt).toISOString(),
        algorithm: 'HMAC-SHA-256',
        key_hex: key,
      };
      const day = new Date(madeAt).toISOString().slice(0, 10);
      return { name: `clipscope-pseudonym-key-${day}.json`, text: `${JSON.stringify(file, null, 2)}\n` };
    },
    'project.add': async ({ id, refs }) => {
      await addMembers(await data(), id, refs, clock.now());
      tell({ event: 'projects.changed' });
      return null;
    },
    'project.remove': async ({ id, refs }) => {
      await removeMembers(await data(), id, refs);
      tell({ event: 'projects.changed' });
      return null;
    },
    'storage.summary': async () => summaryOf(await data()),
    'storage.room': () => room.get(),
    'cache.clear': async () => {
      const database = await data();
      await clearLookups(database);
      return summaryOf(database);
    },
    'library.changed': async () => {
      tell({ event: 'library.changed' });
      tell({ event: 'projects.changed' });
      return null;
    },
  };
}
