/**
 * Every key that is persisted outside IndexedDB: its area, its schema, its version and its default.
 * A changed shape is a new version with a pure migration and a frozen example of the old form.
 */
import { storage } from 'wxt/utils/storage';
import * as z from 'zod/mini';
import { defaultSettings, type Settings, settingsSchema } from '../core/settings.ts';

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

export async function changeSettings(patch: SettingsPatch): Promise<Settings> {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const changed = z.parse(settingsSchema, { ...(await getSettings()), ...given });
  await settingsItem.setValue(changed);
  return changed;
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
    set: (value) => storage.setItem(key, value),
    remove: () => storage.removeItem(key),
  };
}
