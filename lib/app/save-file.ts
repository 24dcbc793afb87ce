/** Turns rows into a download. Chromium's service worker has no object URLs, so a document beside it makes the file. */
import { browser } from 'wxt/browser';
import { AppError } from '../core/errors.ts';
import type { FileRequest } from '../messaging/protocol.ts';
import { listen } from '../messaging/server.ts';
import { connectData, connectSession } from '../storage/database.ts';
import type { Sources } from './knowledge.ts';
import { askOffscreen, closeOffscreen, keepingOffscreen } from './offscreen.ts';
import { writeFile } from './write-file.ts';

/** For how long the outcome of a download is waited for; a browser that asks where to save takes as long as it takes. */
const patienceMs = 3_000;

async function createFile(sources: Sources, request: FileRequest): Promise<{ url: string; rows: number }> {
  const { blob, rows } = await writeFile(sources, request);
  return { url: URL.createObjectURL(blob), rows };
}

/** What the offscreen document does: make files when the worker asks. */
export function serveFiles(): void {
  // The worker has seen to it that the buffer is of this browser session before it asks.
  const sources: Sources = { data: connectData(), session: connectSession() };
  listen({ 'file.create': (request) => createFile(sources, request) }, () => false);
}

/** Makes and saves one file in the browser's download folder; resolves with its number of rows once saving began. */
export function saveFile(sources: Sources, request: FileRequest, name: string): Promise<number> {
  return keepingOffscreen(async () => {
    const file = await askOffscreen('file.create', request, (input) => createFile(sources, input));
    await download(file.url, name);
    return file.rows;
  });
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
