/**
 * Every key that is persisted outside IndexedDB: its area, its schema, its version and its default.
 * A changed shape is a new version with a pure migration and a frozen example of the old form.
 */
import { storage } from 'wxt/utils/storage';
import * as z from 'zod/mini';
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
