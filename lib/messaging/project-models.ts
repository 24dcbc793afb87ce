/** What the worker tells of projects and of deletions. Types only, since the pages carry them. */
import type { Settings } from '../core/settings.ts';

/** A study: what is saved is saved into one. */
export interface Project {
  readonly id: string;
  /** As the researcher calls it; empty: the first one, which the surfaces name in their language. */
  readonly name: string;
  /** Everything that pages show is saved while true. */
  readonly recording: boolean;
  /** Whether the scrubbed text that a record was read from is kept with what is saved. */
  readonly keepRaw: boolean;
  /** Days after which what was saved into it is deleted; null: never. */
  readonly retentionDays: number | null;
  /** Things saved in it. */
  readonly savedCount: number;
}

export interface DeletionOutcome {
  readonly records: number;
  readonly observations: number;
}

/** One deletion, without anything that names a person or a thing. */
export interface DeletionEntry extends DeletionOutcome {
  /** Unix ms. */
  readonly at: number;
  readonly cause: 'retention' | 'person' | 'project' | 'selection' | 'all';
  /** The name of the project at that time; null: it was not about one. */
  readonly project: string | null;
}

export interface StorageRoom {
  /** Bytes; null: the browser does not say. */
  readonly used: number | null;
  readonly quota: number | null;
  /** Unix ms since when writing failed for want of room; null: it did not. */
  readonly fullSince: number | null;
}

/** A view of the library that the researcher has named. */
export interface LibraryView {
  readonly id: string;
  readonly name: string;
  readonly state: string;
}

/** What a backup holds besides the data: it lives where only the worker reads and writes. Nothing in it is secret. */
export interface BackupSettings {
  readonly projects: readonly Omit<Project, 'savedCount'>[];
  /** Of a backup of another version those that can be read. */
  readonly settings: { readonly [Name in keyof Settings]?: Settings[Name] | undefined };
  readonly views: readonly LibraryView[];
}

/** What came of restoring them. */
export interface RestoredSettings {
  /** By `projects`, `settings` and `views`: how many were new or changed. */
  readonly restored: Readonly<Record<string, number>>;
  /** What was there already. */
  readonly known: number;
}
