/** The library's service as its page has it: its worker, started with the page and ended with it. */
import { proxy, wrap } from 'comlink';
import { browser } from 'wxt/browser';
import { resolveTimeZone } from '../../analysis/time.ts';
import { AppError, toAppError } from '../../core/errors.ts';
import { send } from '../../messaging/client.ts';
import type { ExportChoices } from '../../core/export-choices.ts';
import type { RefKey } from '../../core/ref.ts';
import type { LibraryFile, LibraryService, Progress, RestoreOutcome } from '../../messaging/library-models.ts';
import { connectCredentials } from '../../storage/database.ts';
import { uploadFiles } from '../upload.ts';
import { carryErrors } from './carry-errors.ts';
import type { ExportSurroundings } from './export-things.ts';
import type { WorkerLibrary } from './library-service.ts';

export interface ConnectedLibrary extends LibraryService {
  /** Ends the worker; what is still asked for rejects with `cancelled`. */
  close(): void;
}

/**
 * Starts the worker. Everything rejects with AppError. What it writes is told to all pages of the extension
 * (`library.changed`).
 */
export function connectLibrary(): ConnectedLibrary {
  carryErrors();
  const worker = new Worker(new URL('./library-worker.ts', import.meta.url), { type: 'module' });
  const remote = wrap<WorkerLibrary>(worker);
  const { promise: ended, reject: end } = Promise.withResolvers<never>();
  ended.catch(() => undefined);
  // Comlink waits for ever for a worker that did not start.
  worker.addEventListener('error', ({ message }) => {
    end(new AppError('internal', `The library's worker failed: ${message}`));
  });

  function answered<Value>(answer: Promise<Value>): Promise<Value> {
    return Promise.race([answer, ended]);
  }

  /** The same for what writes. */
  async function written<Value>(answer: Promise<Value>): Promise<Value> {
    const value = await answered(answer);
    // Nobody waits for it: pages that are open ask again, and the others read what there is when they are opened.
    send('library.changed', {}).catch(() => undefined);
    return value;
  }

  /** The data by the worker here, the settings by the one in the background, which alone writes them. */
  async function restoreAll(file: Blob, progress: (progress: Progress) => void): Promise<RestoreOutcome> {
    const { outcome, settings } = await answered(remote.restore(file, proxy(progress)));
    if (!settings) return outcome;
    try {
      const { restored, known } = await send('backup.restore_settings', {
        ...settings,
        projects: [...settings.projects],
        views: [...settings.views],
      });
      return { ...outcome, restored: { ...restored, ...outcome.restored }, known: outcome.known + known };
    } catch (error) {
      return { ...outcome, error: outcome.error ?? toAppError(error).toWire() };
    }
  }

  /** How often exports were to end: one that has not reached the worker yet must not go there. */
  let stops = 0;

  let sending: AbortController | null = null;

  async function exportThings(
    refs: readonly RefKey[],
    choices: ExportChoices,
    progress: (progress: Progress) => void,
  ): Promise<readonly LibraryFile[]> {
    const before = stops;
    const place = await surroundings();
    if (stops !== before) throw new AppError('cancelled', 'The export was cancelled.');
    return answered(remote.export(refs, choices, place, proxy(progress)));
  }

  async function surroundings(): Promise<ExportSurroundings> {
    const [{ timeZone }, projects] = await Promise.all([send('settings.get', {}), send('project.list', {})]);
    // The active one comes first.
    const { id, name } = projects[0] ?? { id: 'default', name: '' };
    const { version } = browser.runtime.getManifest();
    return { timeZone: resolveTimeZone(timeZone), extensionVersion: version, project: { id, name } };
  }

  return {
    first: (type, count) => answered(remote.first(type, count)),
    open: (progress) => answered(remote.open(proxy(progress))),
    refresh: (refs, progress) => answered(remote.refresh(refs, proxy(progress))),
    columns: (type) => answered(remote.columns(type)),
    query: (query) => answered(remote.query(query)),
    rows: (generation, from, to) => answered(remote.rows(generation, from, to)),
    refs: (generation) => answered(remote.refs(generation)),
    detail: (ref) => answered(remote.detail(ref)),
    raw: (ref, index) => answered(remote.raw(ref, index)),
    hashtags: (query) => answered(remote.hashtags(query)),
    keywords: (query) => answered(remote.keywords(query)),
    authors: (query) => answered(remote.authors(query)),
    compare: (refs) => answered(remote.compare(refs)),
    annotate: (refs, change) => written(remote.annotate(refs, change)),
    things: (project) => answered(remote.things(project)),
    export: exportThings,
    async send(refs, choices, destination, progress) {
      await send('destination.ready', { destination });
      const files = await exportThings(refs, choices, progress);
      sending = new AbortController();
      return uploadFiles(connectCredentials(), destination, files, sending.signal);
    },
    async previewExport(refs, choices, table) {
      return answered(remote.previewExport(refs, choices, table, await surroundings()));
    },
    stopExport() {
      stops += 1;
      sending?.abort();
      return answered(remote.stopExport());
    },
    import: (source, options, progress) => written(remote.import(source, options, proxy(progress))),
    async backup(progress) {
      const settings = await send('backup.settings', {});
      return answered(remote.backup(settings, browser.runtime.getManifest().version, proxy(progress)));
    },
    restore: (file, progress) => written(restoreAll(file, progress)),
    close() {
      end(new AppError('cancelled', 'The library was closed.'));
      worker.terminate();
    },
  };
}
