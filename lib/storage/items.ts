/**
 * Every key that is persisted outside IndexedDB: its area, its schema, its version and its default.
 * A changed shape is a new version with a pure migration and a frozen example of the old form.
 */
import { storage } from 'wxt/utils/storage';
import * as z from 'zod/mini';
import { defaultExportChoices, type ExportChoices, exportChoicesSchema } from '../core/export-choices.ts';
import { defaultSettings, type Settings, settingsSchema } from '../core/settings.ts';
import { createQueue } from './queue.ts';
import { writing } from './writing.ts';

const settingsItem = storage.defineItem<unknown>('local:settings', { version: 1, fallback: defaultSettings });

/** What is stored, field by field; a field that is missing or unreadable has its default, the others keep theirs. */
export async function getSettings(): Promise<Settings> {
  const stored = await settingsItem.getValue();
  const fields = z.safeParse(z.record(z.string(), z.unknown()), stored).data ?? {};
  const merged: Record<string, unknown> = { ...defaultSettings };
  for (const [name, schema] of Object.entries(settingsSchema.shape)) {
    const field = z.safeParse(schema, fields[name]);
    if (field.success) merged[name] = field.data;
  }
  return z.parse(settingsSchema, merged);
}

/** A change of some settings; what is undefined stays as it is. */
export type SettingsPatch = { readonly [Name in keyof Settings]?: Settings[Name] | undefined };

const settingsQueue = createQueue();

/**
 * Changes some settings; a change that builds on what is stored is given as a function of it. Two changes at once are
 * made one after the other, so that neither is lost; only the worker calls this.
 */
export function changeSettings(change: SettingsPatch | ((now: Settings) => SettingsPatch)): Promise<Settings> {
  return settingsQueue(async () => {
    const now = await getSettings();
    const patch = typeof change === 'function' ? change(now) : change;
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const changed = z.parse(settingsSchema, { ...now, ...given });
    await writing(() => settingsItem.setValue(changed));
    return changed;
  });
}

const triedOriginsItem = storage.defineItem<unknown>('session:tried-origins', { version: 1, fallback: [] });
const triedOriginsQueue = createQueue();

/** Origins that were asked for to test a credential, which perhaps was never saved: to be given back in time. */
export async function getTriedOrigins(): Promise<readonly string[]> {
  return z.safeParse(z.array(z.string()), await triedOriginsItem.getValue()).data ?? [];
}

export function changeTriedOrigins(change: (now: readonly string[]) => readonly string[]): Promise<void> {
  return triedOriginsQueue(async () => {
    const changed = [...new Set(change(await getTriedOrigins()))];
    await writing(() => triedOriginsItem.setValue(changed));
  });
}

const projectsSchema = z.object({
  /** The id of the project that is saved into. */
  active: z.string(),
  projects: z
    .array(
      z.object({
        id: z.string().check(z.maxLength(60)),
        /** Empty: the first one, which the surfaces name. */
        name: z.string().check(z.maxLength(80)),
        recording: z.boolean(),
        /** Whether the scrubbed text that a record was read from is kept. */
        keepRaw: z.boolean(),
        /** Days after which what was saved is deleted; null: never. */
        retentionDays: z.nullable(z.number()),
      }),
    )
    .check(z.minLength(1)),
});
export type ProjectList = z.infer<typeof projectsSchema>;

const firstProjects: ProjectList = { active: 'default', projects: [newProject('default', '')] };

/** A project as it begins. */
export function newProject(id: string, name: string): ProjectList['projects'][number] {
  return { id, name, recording: false, keepRaw: true, retentionDays: null };
}

/** 1 → 2: a project keeps raw texts, and nothing is deleted by time, as it was before there was a choice. */
export function projectsFromVersion1(old: unknown): unknown {
  const parsed = z.safeParse(projectsVersion1, old);
  if (!parsed.success) return old;
  const { active, projects } = parsed.data;
  return { active, projects: projects.map((project) => ({ ...project, keepRaw: true, retentionDays: null })) };
}

const projectsVersion1 = z.object({
  active: z.string(),
  projects: z.array(z.object({ id: z.string(), name: z.string(), recording: z.boolean() })),
});

const projectsItem = storage.defineItem<unknown>('local:projects', {
  version: 2,
  fallback: firstProjects,
  migrations: { 2: projectsFromVersion1 },
});
const projectsQueue = createQueue();

/** The projects. Unreadable ones are as on the first day: what was saved into them is in the data, by their ids. */
export async function getProjects(): Promise<ProjectList> {
  return z.safeParse(projectsSchema, await projectsItem.getValue()).data ?? firstProjects;
}

/** Changes the projects, one change after the other; only the worker calls this. */
export function changeProjects(change: (now: ProjectList) => ProjectList): Promise<ProjectList> {
  return projectsQueue(async () => {
    const changed = z.parse(projectsSchema, change(await getProjects()));
    await writing(() => projectsItem.setValue(changed));
    return changed;
  });
}

const retentionItem = storage.defineItem<unknown>('local:retention', { version: 1, fallback: null });

/** When what had been kept long enough was last deleted (Unix ms); null: never. */
export const lastRetention: { get: () => Promise<number | null>; set: (at: number) => Promise<void> } = {
  get: async () => z.safeParse(z.number(), await retentionItem.getValue()).data ?? null,
  set: (at) => writing(() => retentionItem.setValue(at)),
};

/** Of the browser's session: on a full disk an item that outlives it could not be written either. */
const fullItem = storage.defineItem<unknown>('session:storage-full', { version: 1, fallback: null });

/** Since when (Unix ms) writing fails for want of room; null: it does not. */
export const fullSince: { get: () => Promise<number | null>; set: (at: number | null) => Promise<void> } = {
  get: async () => z.safeParse(z.number(), await fullItem.getValue()).data ?? null,
  set: (at) => writing(() => fullItem.setValue(at)),
};

/** As on the first day: one project, which records nothing. */
export function resetProjects(): Promise<ProjectList> {
  return changeProjects(() => firstProjects);
}

const viewsSchema = z
  .array(
    z.object({
      id: z.string().check(z.maxLength(60)),
      name: z.string().check(z.maxLength(80)),
      /** What the library's page wrote, and reads with care. */
      state: z.string().check(z.maxLength(20_000)),
    }),
  )
  .check(z.maxLength(50));
export type ViewList = Readonly<z.infer<typeof viewsSchema>>;

const viewsItem = storage.defineItem<unknown>('local:library-views', { version: 1, fallback: [] });
const viewsQueue = createQueue();

/** The views of the library that the researcher has named; what cannot be read is none. */
export async function getViews(): Promise<ViewList> {
  return z.safeParse(viewsSchema, await viewsItem.getValue()).data ?? [];
}

/** Changes the views, one change after the other; only the worker calls this. */
export function changeViews(change: (now: ViewList) => ViewList): Promise<ViewList> {
  return viewsQueue(async () => {
    const changed = z.parse(viewsSchema, change(await getViews()));
    await writing(() => viewsItem.setValue(changed));
    return changed;
  });
}

const exportItem = storage.defineItem<unknown>('local:export', { version: 1, fallback: defaultExportChoices });

/** What was chosen for the last export; unreadable choices are as on the first day. */
export const exportChoices: { get: () => Promise<ExportChoices>; set: (choices: ExportChoices) => Promise<void> } = {
  get: async () => z.safeParse(exportChoicesSchema, await exportItem.getValue()).data ?? defaultExportChoices,
  set: (choices) => writing(() => exportItem.setValue(choices)),
};

/** How the reading of pages went. Its schema is the caller's, as with tabs. */
export const healthItem: { get: () => Promise<unknown>; set: (value: object) => Promise<void> } = {
  get: () => storage.getItem<unknown>('local:health'),
  set: (value) => writing(() => storage.setItem('local:health', value)),
};

/** Set while the browser runs and the session buffer belongs to this run. */
export const sessionMark: { isSet: () => Promise<boolean>; set: () => Promise<void> } = {
  isSet: async () => (await storage.getItem<unknown>('session:buffer')) === true,
  set: () => storage.setItem('session:buffer', true),
};

const viewerItem = storage.defineItem<unknown>('session:viewer', { version: 1, fallback: [] });
const viewerQueue = createQueue();
/** More accounts than a person logs in with. */
const maximumViewers = 60;

/** SHA-256 (hex) of the names and ids of the accounts that are logged in: what they name is never kept. */
export async function getViewer(): Promise<readonly string[]> {
  return z.safeParse(z.array(z.string()), await viewerItem.getValue()).data ?? [];
}

/** Adds to them; resolves with those that are new. */
export function addViewer(hashes: readonly string[]): Promise<readonly string[]> {
  return viewerQueue(async () => {
    const now = await getViewer();
    const added = [...new Set(hashes)].filter((hash) => !now.includes(hash));
    if (added.length > 0) await writing(() => viewerItem.setValue([...now, ...added].slice(-maximumViewers)));
    return added;
  });
}

/**
 * What each tab's page shows, for as long as the browser runs: a session area that survives the worker's death and
 * that content scripts cannot read. The schema is the caller's, since what a page report holds is the protocol's.
 */
export function tabItem(tabId: number): {
  get: () => Promise<unknown>;
  set: (value: object) => Promise<void>;
  remove: () => Promise<void>;
} {
  const key = `session:tab:${tabId}` as const;
  return {
    get: () => storage.getItem<unknown>(key),
    set: (value) => writing(() => storage.setItem(key, value)),
    remove: () => storage.removeItem(key),
  };
}
