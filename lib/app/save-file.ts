/** Turns rows into downloads. Chromium's service worker has no object URLs, so a document beside it makes the files. */
import { browser } from 'wxt/browser';
import { AppError } from '../core/errors.ts';
import type { TableId } from '../core/export-choices.ts';
import type { CreatedFiles, ExportedFile, ExportPreview, FileRequest, SentFile } from '../messaging/protocol.ts';
import { listen, tell } from '../messaging/server.ts';
import { connectCredentials, connectData, connectSession, type CredentialDatabase } from '../storage/database.ts';
import { markExported } from '../storage/exported.ts';
import { pseudonymKey } from '../storage/pseudonyms.ts';
import type { Sources } from './knowledge.ts';
import { askOffscreen, closeOffscreen, keepingOffscreen } from './offscreen.ts';
import { createPseudonyms } from './pseudonymise.ts';
import type { ExportPlan } from './export-plan.ts';
import { previewExport } from './preview-export.ts';
import { uploadFiles } from './upload.ts';
import { exportCancelled, type Watching, writeExport } from './write-export.ts';
import { pageRows } from './write-file.ts';

/** For how long the outcome of a download is waited for; a browser that asks where to save takes as long as it takes. */
const patienceMs = 3_000;

/** What making files takes: the databases, of which the document opens its own connections. */
export interface FileSources extends Sources {
  readonly credentials: () => Promise<CredentialDatabase>;
}

/** Exports under way in this document. */
const running = new Set<AbortController>();

async function planOf(sources: FileSources, request: FileRequest): Promise<ExportPlan> {
  const { choices, project, now } = request;
  const asks = choices.personal === 'pseudonyms';
  const key = asks ? await pseudonymKey(await sources.credentials(), project.id, now) : null;
  return { ...request, projectName: project.name, pseudonyms: key ? createPseudonyms(key.key) : null };
}

/** Whoever waits for the files of a tab is told how far they are, wherever they are made. */
function watching({ tabId }: FileRequest, signal: AbortSignal): Watching {
  return {
    signal,
    progress: (done, total) => tell({ event: 'export.progress', tabId, done, total }),
  };
}

async function createFiles(sources: FileSources, request: FileRequest): Promise<CreatedFiles> {
  const stop = new AbortController();
  running.add(stop);
  try {
    const plan = await planOf(sources, request);
    const { files, refs } = await writeExport(plan, pageRows(sources, request), watching(request, stop.signal));
    return { files: files.map(({ blob, ...file }) => ({ ...file, url: URL.createObjectURL(blob) })), refs };
  } finally {
    running.delete(stop);
  }
}

/** Makes the files and sends each, once. What was sent counts as exported. */
async function sendHere(
  sources: FileSources,
  { destination, ...request }: FileRequest & { readonly destination: string },
): Promise<readonly SentFile[]> {
  const stop = new AbortController();
  running.add(stop);
  try {
    const plan = await planOf(sources, request);
    const { files, refs } = await writeExport(plan, pageRows(sources, request), watching(request, stop.signal));
    const sent = await uploadFiles(sources.credentials, destination, files, stop.signal);
    await markExported(await sources.data(), request.project.id, refs, request.now);
    return sent;
  } finally {
    running.delete(stop);
  }
}

async function previewHere(
  sources: FileSources,
  { table, ...request }: FileRequest & { readonly table: TableId | null },
): Promise<ExportPreview> {
  return previewExport(await planOf(sources, request), table, pageRows(sources, request));
}

function stopHere(): null {
  for (const stop of running) stop.abort();
  return null;
}

/** What the offscreen document does: make files when the worker asks. */
export function serveFiles(): void {
  // The worker has seen to it that the buffer is of this browser session before it asks.
  const sources: FileSources = { data: connectData(), session: connectSession(), credentials: connectCredentials() };
  listen(
    {
      'file.create': (request) => createFiles(sources, request),
      'file.preview': (request) => previewHere(sources, request),
      'file.send': (request) => sendHere(sources, request),
      'file.stop': async () => stopHere(),
    },
    () => false,
  );
}

/** Makes files and saves them in the browser's download folder; resolves once saving began. Throws AppError. */
export function saveFiles(
  sources: FileSources,
  request: FileRequest,
  signal: AbortSignal,
): Promise<readonly ExportedFile[]> {
  return keepingOffscreen(async () => {
    const { files, refs } = await askOffscreen('file.create', request, (input) => createFiles(sources, input));
    // Cancelled in its last moment: what is made by then is not wanted any more.
    if (signal.aborted) throw exportCancelled();
    for (const { url, name } of files) await download(url, name);
    await markExported(await sources.data(), request.project.id, refs, request.now);
    return files.map(({ url: _url, ...file }) => file);
  });
}

/** Makes files and sends them. Whether the destination can be called, the worker has made sure of before. */
export async function sendFiles(
  sources: FileSources,
  request: FileRequest,
  destination: string,
  signal: AbortSignal,
): Promise<readonly SentFile[]> {
  if (signal.aborted) throw exportCancelled();
  return keepingOffscreen(() =>
    askOffscreen('file.send', { ...request, destination }, (input) => sendHere(sources, input)),
  );
}

/** The beginning of the files. */
export function previewFiles(
  sources: FileSources,
  request: FileRequest,
  table: TableId | null,
): Promise<ExportPreview> {
  return keepingOffscreen(() =>
    askOffscreen('file.preview', { ...request, table }, (input) => previewHere(sources, input)),
  );
}

/** Ends the exports that are under way. */
export function stopFiles(): Promise<null> {
  return keepingOffscreen(() => askOffscreen('file.stop', {}, async () => stopHere()));
}

/** Starts a download and waits a moment for its end: a full disk or a refused folder shows itself at once. */
async function download(url: string, name: string): Promise<void> {
  let id: number;
  try {
    id = await browser.downloads.download({ url, filename: name, saveAs: false, conflictAction: 'uniquify' });
  } catch (error) {
    throw refused(name, String(error));
  }
  const reason = await interruption(id);
  if (reason === null) return;
  if (/CANCELED/u.test(reason)) throw new AppError('cancelled', `The saving of ${name} was cancelled.`);
  throw refused(name, reason);
}

function refused(name: string, reason: string): AppError {
  return new AppError('internal', `The browser did not save ${name}: ${reason}`, {
    advice: 'error_download_refused',
    parameters: [name],
  });
}

/** Why a download was interrupted; null: it was not, or not within the time that a person waits for a button. */
async function interruption(id: number): Promise<string | null> {
  let changed = (): void => undefined;
  const listener = (change: { id: number; state?: unknown }): void => {
    if (change.id === id && change.state) changed();
  };
  browser.downloads.onChanged.addListener(listener);
  try {
    const end = Date.now() + patienceMs;
    for (;;) {
      const next = new Promise<void>((resolve) => {
        changed = resolve;
        setTimeout(resolve, Math.max(0, end - Date.now()));
      });
      const [item] = await browser.downloads.search({ id });
      if (item?.state === 'interrupted') return item.error ?? 'unknown';
      if (item?.state !== 'in_progress' || Date.now() >= end) return null;
      await next;
    }
  } finally {
    browser.downloads.onChanged.removeListener(listener);
  }
}

/** Lets the files' memory go once nothing of ours is being written any more. Registers its listener synchronously. */
export function watchDownloads(): void {
  browser.downloads.onChanged.addListener((change) => {
    if (change.state?.current !== 'complete' && change.state?.current !== 'interrupted') return;
    void closeOffscreen();
  });
}
