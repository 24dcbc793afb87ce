/** Answers the messages that delete, and the one about the log of it. */
import { AppError } from '../core/errors.ts';
import type { Job } from '../core/job.ts';
import { isOfPerson } from '../core/person.ts';
import type { Clock } from '../core/ports.ts';
import type { DeletionOutcome, WorkerEvent } from '../messaging/protocol.ts';
import type { Handlers } from '../messaging/server.ts';
import type { CredentialDatabase, DataDatabase, Deletion } from '../storage/database.ts';
import { deleteAll, deleteRefs, deleteSaved, getDeletions, logDeletion, nothingDeleted } from '../storage/deletion.ts';
import { forgetExported } from '../storage/exported.ts';
import { getProjects, resetProjects } from '../storage/items.ts';
import { changeJob } from '../storage/jobs.ts';
import { removeAllMembers } from '../storage/members.ts';
import { deletePerson, findPerson } from '../storage/person-deletion.ts';
import { removeProject, setRecording } from '../storage/projects.ts';
import { deletePseudonymKey } from '../storage/pseudonyms.ts';
import { forgetRecords, type SessionDatabase } from '../storage/session-buffer.ts';
import { summaryOf } from './project-handlers.ts';

export interface DeletionDependencies {
  readonly data: () => Promise<DataDatabase>;
  readonly session: () => Promise<SessionDatabase>;
  readonly credentials: () => Promise<CredentialDatabase>;
  readonly clock: Clock;
  readonly jobs: {
    readonly list: () => Promise<readonly Job[]>;
    /** Ends a job and forgets it. */
    readonly remove: (id: string) => Promise<void>;
    /** The stored jobs are not what they were. */
    readonly wake: () => void;
  };
  readonly tell: (event: WorkerEvent) => void;
}

type Names = 'project.delete' | 'data.delete_refs' | 'person.delete' | 'deletion.list' | 'data.delete';

/** Deleted things that are told of one by one; the library's own change says the rest. */
const mostTold = 100;

export function deletionHandlers(dependencies: DeletionDependencies): Handlers<Names> {
  const { data, session, credentials, clock, jobs, tell } = dependencies;

  function changed(): void {
    jobs.wake();
    tell({ event: 'library.changed' });
    tell({ event: 'projects.changed' });
    tell({ event: 'alerts.changed' });
  }

  /** Writes it into the log, where anything was deleted, and tells it. */
  async function finished(
    database: DataDatabase,
    outcome: DeletionOutcome,
    why: Pick<Deletion, 'cause' | 'project'>,
  ): Promise<DeletionOutcome> {
    const { records, observations } = outcome;
    if (records + observations > 0 || why.cause === 'person') {
      await logDeletion(database, { at: clock.now(), ...why, records, observations });
    }
    changed();
    return { records, observations };
  }

  return {
    'deletion.list': async () => getDeletions(await data()),

    'data.delete_refs': async ({ refs }) => {
      const database = await data();
      const outcome = await finished(database, await deleteRefs(database, refs), { cause: 'selection', project: null });
      for (const ref of refs.slice(0, mostTold)) tell({ event: 'record.changed', ref });
      return outcome;
    },

    'person.delete': async ({ ref }) => {
      const database = await data();
      const person = await findPerson(database, ref);
      if (!person) {
        throw new AppError('bad_request', `${ref} names no account.`, { advice: 'error_names_no_person' });
      }
      // What open tabs hold goes first: a save that is under way would bring it back.
      await forgetRecords(await session(), (record) => isOfPerson(person, record));
      return finished(database, await deletePerson(database, person), { cause: 'person', project: null });
    },

    'project.delete': async ({ id, data: withData }) => {
      const database = await data();
      const { projects } = await getProjects();
      const heir = projects.find((project) => project.id !== id);
      const isThere = projects.some((project) => project.id === id);
      // The last one, and one that is none, are refused before anything is done.
      if (!heir || !isThere) await removeProject(id);
      await setRecording(id, false);
      for (const job of await jobs.list()) {
        if (job.project !== id) continue;
        if (withData || !heir) await jobs.remove(job.id);
        else await changeJob(database, job.id, (now) => ({ ...now, project: heir.id }));
      }
      const outcome = withData ? await deleteSaved(database, id, null) : nothingDeleted;
      await removeAllMembers(database, id);
      await forgetExported(database, id);
      await deletePseudonymKey(await credentials(), id);
      // At last: should the worker die, the project is still there to be deleted.
      const { name } = await removeProject(id);
      return finished(database, outcome, { cause: 'project', project: name });
    },

    'data.delete': async () => {
      const database = await data();
      // Without a project that records, and without jobs, nothing new is kept while the old is deleted.
      await resetProjects();
      for (const { id } of await jobs.list()) await jobs.remove(id);
      await deleteAll(database, clock.now());
      await deletePseudonymKey(await credentials(), null);
      tell({ event: 'data.deleted' });
      changed();
      return summaryOf(database);
    },
  };
}
