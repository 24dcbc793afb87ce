/**
 * Turns rows into a download. The one file that knows how browsers differ in it: Chromium's service worker has no
 * object URLs, so an offscreen document of ours makes the file; Firefox's event page makes it itself.
 */
import { browser } from 'wxt/browser';
import { AppError } from '../core/errors.ts';
import { send } from '../messaging/client.ts';
import type { FileRequest } from '../messaging/protocol.ts';
import { listen } from '../messaging/server.ts';
import { connectData, connectSession } from '../storage/database.ts';
import { createQueue } from '../storage/queue.ts';
import type { Sources } from './knowledge.ts';
import { writeFile } from './write-file.ts';

const offscreenPage = 'offscreen.html';
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

/** Opening and closing the offscreen document, one after the other: there can only be one. */
const inOrder = createQueue();
/** Exports between the making of their file and the start of its download; the document must stay for them. */
let underWay = 0;

function openOffscreen(): Promise<void> {
  return inOrder(async () => {
    const url = browser.runtime.getURL(`/${offscreenPage}`);
    const contexts = await browser.runtime.getContexts({ contextTypes: ['OFFSCREEN_DOCUMENT'], documentUrls: [url] });
    if (contexts.length > 0) return;
    await browser.offscreen.createDocument({
      url: offscreenPage,
      reasons: ['BLOBS'],
      justification: 'A service worker cannot make the file of an export.',
    });
  });
}

/** Makes and saves one file in the browser's download folder; resolves with its number of rows once saving began. */
export async function saveFile(sources: Sources, request: FileRequest, name: string): Promise<number> {
  underWay += 1;
  try {
    let file: { readonly url: string; readonly rows: number };
    if (import.meta.env.FIREFOX) {
      file = await createFile(sources, request);
    } else {
      await openOffscreen();
      file = await send('file.create', request);
    }
    await download(file.url, name);
    return file.rows;
  } finally {
    underWay -= 1;
    void releaseWhenDone();
  }
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
    void releaseWhenDone();
  });
}

async function releaseWhenDone(): Promise<void> {
  // Firefox frees the object URLs with its event page, some seconds after the last event.
  if (import.meta.env.FIREFOX || underWay > 0) return;
  await inOrder(async () => {
    const running = await browser.downloads.search({ state: 'in_progress' });
    // Asked again: an export may have begun meanwhile. It waits in the queue and then opens a new document.
    if (underWay > 0 || running.some((item) => item.byExtensionId === browser.runtime.id)) return;
    // Nothing to close is no error.
    await browser.offscreen.closeDocument().catch(() => undefined);
  });
}
