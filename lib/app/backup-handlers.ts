/** Answers the messages about the library's named views, and about what a backup holds besides the data. */
import { AppError } from '../core/errors.ts';
import type { WorkerEvent } from '../messaging/protocol.ts';
import { maximumViews } from '../messaging/project-protocol.ts';
import type { Handlers } from '../messaging/server.ts';
import { changeProjects, changeSettings, changeViews, getProjects, getSettings, getViews } from '../storage/items.ts';
import { changedCount, changedSettings, mergeProjects, mergeSettings, mergeViews } from './backup-settings.ts';

type Names = 'view.list' | 'view.save' | 'view.delete' | 'backup.settings' | 'backup.restore_settings';

export function backupHandlers({ tell }: { readonly tell: (event: WorkerEvent) => void }): Handlers<Names> {
  return {
    'view.list': () => getViews(),
    'view.save': (view) =>
      changeViews((views) => {
        if (views.some(({ id }) => id === view.id)) return views.map((other) => (other.id === view.id ? view : other));
        if (views.length < maximumViews) return [...views, view];
        throw new AppError('storage_full', `There are ${maximumViews} views already.`, { advice: 'error_views_full' });
      }),
    'view.delete': ({ id }) => changeViews((views) => views.filter((view) => view.id !== id)),

    'backup.settings': async () => {
      const [{ projects }, settings, views] = await Promise.all([getProjects(), getSettings(), getViews()]);
      return { projects, settings, views };
    },
    'backup.restore_settings': async (given) => {
      const [{ projects: before }, settingsBefore, viewsBefore] = await Promise.all([
        getProjects(),
        getSettings(),
        getViews(),
      ]);
      const { projects } = await changeProjects((now) => mergeProjects(now, given.projects));
      const settings = await changeSettings((now) => mergeSettings(now, given.settings));
      const views = await changeViews((now) => mergeViews(now, given.views));
      tell({ event: 'projects.changed' });
      tell({ event: 'settings.changed' });
      // A backup may bring alerts that nobody has seen.
      tell({ event: 'alerts.changed' });
      const restored = {
        projects: changedCount(before, projects),
        settings: changedSettings(settingsBefore, settings),
        views: changedCount(viewsBefore, views),
      };
      const known = given.projects.length - restored.projects + given.views.length - restored.views;
      return { restored, known: Math.max(0, known) };
    },
  };
}
