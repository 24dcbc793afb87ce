// The browser comes before what looks for it.
import { fakeBrowser } from '../storage/fake-browser.samples.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { defaultSettings, type Settings } from '../core/settings.ts';
import type { WorkerEvent } from '../messaging/protocol.ts';
import type { ProjectList } from '../storage/items.ts';
import { backupHandlers } from './backup-handlers.ts';
import { mergeProjects, mergeSettings, mergeViews } from './backup-settings.ts';

const project = { id: 'a', name: 'A', recording: true, keepRaw: true, retentionDays: null };
const first = { ...project, id: 'default', name: '', recording: false };
const view = { id: 'v', name: 'V', state: '{}' };

describe('projects of a backup', () => {
  const now: ProjectList = { active: 'default', projects: [first, { ...project, name: 'Mine', keepRaw: false }] };

  test('that are here stay as they are; the others are added and do not record', () => {
    const merged = mergeProjects(now, [project, { ...project, id: 'b', retentionDays: 30 }]);
    expect(merged).toEqual({
      active: 'default',
      projects: [...now.projects, { ...project, id: 'b', recording: false, retentionDays: 30 }],
    });
  });

  test('fill one that is as it began', () => {
    const theirs = { ...first, name: 'Field work', retentionDays: 90, recording: true };
    expect(mergeProjects(now, [theirs]).projects[0]).toEqual({ ...theirs, recording: false });
  });

  test('are each there once', () => {
    const twice = [
      { ...project, id: 'b' },
      { ...project, id: 'b' },
    ];
    expect(mergeProjects(now, twice).projects.map(({ id }) => id)).toEqual(['default', 'a', 'b']);
  });
});

test('views of a backup are added, each once and no more than are kept', () => {
  const here = { ...view, name: 'Mine' };
  const many = Array.from({ length: 60 }, (_, at) => ({ ...view, id: `v${at}` }));
  expect(mergeViews([here], [view, { ...view, id: 'w' }, { ...view, id: 'w' }])).toEqual([here, { ...view, id: 'w' }]);
  expect(mergeViews([here], many)).toEqual([here, ...many.slice(0, 49)]);
});

describe('settings of a backup', () => {
  test('are taken where nobody has changed them here', () => {
    const now: Settings = { ...defaultSettings, language: 'en', dailyLimits: { gateway: 5 } };
    const given = {
      language: 'zh_CN',
      loadImages: true,
      dailyLimits: { gateway: 9, tikhub: 7 },
      cacheEntries: undefined,
    } as const;
    expect(mergeSettings(now, given)).toEqual({
      ...defaultSettings,
      language: 'en',
      loadImages: true,
      dailyLimits: { gateway: 5, tikhub: 7 },
    });
  });
});

describe('the worker’s answers', () => {
  const told: WorkerEvent[] = [];
  const handlers = backupHandlers({ tell: (event) => void told.push(event) });
  const sender = { tabId: null, url: null };

  beforeEach(() => {
    fakeBrowser.reset();
    told.length = 0;
  });

  test('views are kept under their ids, changed and deleted', async () => {
    expect(await handlers['view.list']({}, sender)).toEqual([]);
    await handlers['view.save'](view, sender);
    await handlers['view.save']({ ...view, id: 'w' }, sender);
    expect(await handlers['view.save']({ ...view, name: 'Other' }, sender)).toEqual([
      { ...view, name: 'Other' },
      { ...view, id: 'w' },
    ]);
    expect(await handlers['view.delete']({ id: 'v' }, sender)).toEqual([{ ...view, id: 'w' }]);
    expect(await fakeBrowser.storage.local.get('library-views')).toEqual({ 'library-views': [{ ...view, id: 'w' }] });
  });

  test('no more than 50 views, and views that cannot be read are none', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, at) => handlers['view.save']({ ...view, id: `v${at}` }, sender)));
    await expect(handlers['view.save'](view, sender)).rejects.toMatchObject({
      code: 'storage_full',
      details: { advice: 'error_views_full' },
    });
    expect(await handlers['view.save']({ ...view, id: 'v7', name: 'Changed' }, sender)).toHaveLength(50);
    await fakeBrowser.storage.local.set({ 'library-views': [{ id: 5 }] });
    expect(await handlers['view.list']({}, sender)).toEqual([]);
  });

  test('what a backup holds comes back in another browser, and once', async () => {
    await handlers['view.save'](view, sender);
    const given = await handlers['backup.settings']({}, sender);
    expect(given).toEqual({ projects: [first], settings: defaultSettings, views: [view] });
    const backup = {
      projects: [project, ...given.projects],
      settings: { paused: true },
      views: [view, { ...view, id: 'w' }],
    };
    const outcome = await handlers['backup.restore_settings'](backup, sender);
    expect(outcome).toEqual({ restored: { projects: 1, settings: 1, views: 1 }, known: 2 });
    expect(told.map(({ event }) => event)).toEqual(['projects.changed', 'settings.changed', 'alerts.changed']);
    expect(await handlers['backup.settings']({}, sender)).toEqual({
      projects: [first, { ...project, recording: false }],
      settings: { ...defaultSettings, paused: true },
      views: [view, { ...view, id: 'w' }],
    });
    const again = await handlers['backup.restore_settings'](backup, sender);
    expect(again).toEqual({ restored: { projects: 0, settings: 0, views: 0 }, known: 4 });
  });
});
