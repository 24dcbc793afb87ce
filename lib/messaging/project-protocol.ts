/** The messages about projects, what is kept in them, and what is deleted. */
import * as z from 'zod/mini';
import { settingsSchema } from '../core/settings.ts';
import type {
  BackupSettings,
  DeletionEntry,
  DeletionOutcome,
  LibraryView,
  Project,
  RestoredSettings,
  StorageRoom,
} from './project-models.ts';
import { empty, from, refKeySchema } from './message.ts';

const project = z.object({ id: z.string().check(z.maxLength(60)) });

export const libraryViewSchema = z.object({
  id: z.string().check(z.maxLength(60)),
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(80)),
  /** The query and the layout of the table as the library's page wrote them; it reads them with care. */
  state: z.string().check(z.maxLength(20_000)),
});

/** As many views as are kept, and more projects than a person has. */
export const maximumViews = 50;
export const maximumProjects = 1_000;

export const backupProjectSchema = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(60)),
  name: z.string().check(z.maxLength(80)),
  recording: z.boolean(),
  keepRaw: z.boolean(),
  retentionDays: z.nullable(z.number().check(z.minimum(1), z.maximum(36_500))),
});

const backupSettingsSchema = z.object({
  projects: z.array(backupProjectSchema).check(z.maxLength(maximumProjects)),
  settings: z.partial(settingsSchema),
  views: z.array(libraryViewSchema).check(z.maxLength(maximumViews)),
});

export const projectProtocol = {
  /** All projects; the active one first. */
  'project.list': from('page').takes(empty).gives<readonly Project[]>(),
  /** Makes a project and makes it the active one. */
  'project.create': from('page')
    .takes(z.object({ name: z.string().check(z.trim(), z.minLength(1), z.maxLength(80)) }))
    .gives<readonly Project[]>(),
  'project.choose': from('page').takes(project).gives<readonly Project[]>(),
  /** Switches recording on or off; the pages that are open are saved at once. */
  'project.record': from('page')
    .takes(z.object({ id: z.string(), recording: z.boolean() }))
    .gives<readonly Project[]>(),
  /** Changes a project's own settings; what is left out stays. */
  'project.change': from('page')
    .takes(
      z.object({
        id: z.string(),
        name: z.optional(z.string().check(z.trim(), z.maxLength(80))),
        keepRaw: z.optional(z.boolean()),
        /** Null: nothing is deleted by time. */
        retentionDays: z.optional(z.nullable(z.number().check(z.minimum(1), z.maximum(36_500)))),
      }),
    )
    .gives<readonly Project[]>(),
  /** Deletes a project; with `data`, also what is in no other project. */
  'project.delete': from('page')
    .takes(z.object({ id: z.string(), data: z.boolean() }))
    .gives<DeletionOutcome>(),
  /** The key of a project's pseudonyms as a file of its own; made when it is first asked for. */
  'project.key': from('page').takes(project).gives<{ readonly name: string; readonly text: string }>(),
  /** Deletes these things with all that is known of them, from every project. */
  'data.delete_refs': from('page')
    .takes(z.object({ refs: z.array(refKeySchema).check(z.maxLength(100_000)) }))
    .gives<DeletionOutcome>(),
  /** Takes these things out of a project; what is known of them stays. */
  'project.remove': from('page')
    .takes(z.object({ id: z.string(), refs: z.array(refKeySchema).check(z.maxLength(100_000)) }))
    .gives<null>(),
  /** Puts stored things into a project. */
  'project.add': from('page')
    .takes(z.object({ id: z.string(), refs: z.array(refKeySchema).check(z.maxLength(100_000)) }))
    .gives<null>(),
  /** Deletes a person everywhere: the account, its posts, comments, reviews and lives, in every project. */
  'person.delete': from('page')
    .takes(z.object({ ref: refKeySchema }))
    .gives<DeletionOutcome>(),
  /** What was deleted when, without a name; the newest first. */
  'deletion.list': from('page').takes(empty).gives<readonly DeletionEntry[]>(),
  /** How much room the browser gives, and how much of it is used. */
  'storage.room': from('page').takes(empty).gives<StorageRoom>(),
  'view.list': from('page').takes(empty).gives<readonly LibraryView[]>(),
  /** Keeps a view of the library under its id. */
  'view.save': from('page').takes(libraryViewSchema).gives<readonly LibraryView[]>(),
  'view.delete': from('page')
    .takes(z.object({ id: z.string() }))
    .gives<readonly LibraryView[]>(),
  /** What a backup holds besides the data. */
  'backup.settings': from('page').takes(empty).gives<BackupSettings>(),
  /** Brings back what a backup held besides the data. What is here already wins. */
  'backup.restore_settings': from('page').takes(backupSettingsSchema).gives<RestoredSettings>(),
  /** The library's own worker has written: whoever shows stored things asks again. */
  'library.changed': from('page').takes(empty).gives<null>(),
} as const;
