/**
 * Turns rows into a download. The one file that knows how browsers differ in it: Chromium's service worker has no
 * object URLs, so an offscreen document of ours makes the file; Firefox's event page makes it itself.
 */
import { browser } from 'wxt/browser';
import { AppError } from '../core/errors.ts';
import { send } from '../messaging/client.ts';
import type { FileRequest } from '../messaging/protocol.ts';
import { listen } from '../messaging/server.ts';
import { type DataDatabase, openData } from '../storage/database.ts';
import { writeFile } from './export.ts';

const offscreenPage = 'offscreen.html';

async function createFile(
  data: () => Promise<DataDatabase>,
  request: FileRequest,
): Promise<{ url: string; rows: number }> {
  const { blob, rows } = await writeFile(await data(), request);
  return { url: URL.createObjectURL(blob), rows };
}

/** What the offscreen document does: make files when the worker asks. */
export function serveFiles(): void {
  listen({ 'file.create': (request) => createFile(() => openData(), request) }, () => false);
}

let opening: Promise<void> | null = null;

/** Opens the offscreen document unless it is there; two exports at once share one. */
async function openOffscreen(): Promise<void> {
  const url = browser.runtime.getURL(`/${offscreenPage}`);
  const contexts = await browser.runtime.getContexts({ contextTypes: ['OFFSCREEN_DOCUMENT'], documentUrls: [url] });
  if (contexts.length > 0) return;
  opening ??= browser.offscreen
    .createDocument({
      url: offscreenPage,
      reasons: ['BLOBS'],
      justification: 'A service worker cannot make the file of an export.',
    })
    .finally(() => {
      opening = null;
    });
  await opening;
}

/** Makes and saves one file in the browser's download folder; resolves with its number of rows once saving began. */
export async function saveFile(data: () => Promise<DataDatabase>, request: FileRequest, name: string): Promise<number> {
  let file: { readonly url: string; readonly rows: number };
  if (import.meta.env.FIREFOX) {
    file = await createFile(data, request);
  } else {
    await openOffscreen();
    file = await send('file.create', request);
  }
  try {
    await browser.downloads.download({ url: file.url, filename: name, saveAs: false, conflictAction: 'uniquify' });
  } catch (error) {
    throw new AppError('internal', `The browser did not save ${name}: ${String(error)}`, {
      advice: 'error_download_refused',
      parameters: [name],
    });
  }
  return file.rows;
}

/** Lets the files' memory go once nothing of ours is being written any more. Registers its listener synchronously. */
export function watchDownloads(): void {
  browser.downloads.onChanged.addListener((change) => {
    if (change.state?.current !== 'complete' && change.state?.current !== 'interrupted') return;
    void releaseWhenDone();
  });
}

async function releaseWhenDone(): Promise<void> {
  const running = await browser.downloads.search({ state: 'in_progress' });
  if (running.some((download) => download.byExtensionId === browser.runtime.id)) return;
  // Firefox frees the object URLs with its event page, some seconds after the last event.
  if (!import.meta.env.FIREFOX) await browser.offscreen.closeDocument().catch(() => undefined);
}
