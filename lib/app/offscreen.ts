/**
 * A document of ours beside the worker, for what a service worker cannot do (object URLs) or must not be alone with,
 * since the browser may end it between any two steps. The one file that knows how browsers differ in it: Chromium has an
 * offscreen document, which outlives the worker; Firefox's event page is such a document itself.
 */
import { browser } from 'wxt/browser';
import { send } from '../messaging/client.ts';
import type { Input, Output } from '../messaging/protocol.ts';
import { createQueue } from '../storage/queue.ts';

const page = 'offscreen.html';
/** Names of locks that begin so are held by work in the document; it is not closed under them. */
const lockPrefix = 'clipscope-offscreen-';

/** What the document can be asked for. */
type Work = 'file.create' | 'file.preview' | 'file.send' | 'file.stop' | 'login.exchange';

/** Opening and closing the document, one after the other: there can only be one. */
const inOrder = createQueue();
/** Tasks of this worker that need the document to stay. */
let underWay = 0;

function open(): Promise<void> {
  return inOrder(async () => {
    const url = browser.runtime.getURL(`/${page}`);
    const contexts = await browser.runtime.getContexts({ contextTypes: ['OFFSCREEN_DOCUMENT'], documentUrls: [url] });
    if (contexts.length > 0) return;
    await browser.offscreen.createDocument({
      url: page,
      reasons: ['BLOBS'],
      justification: 'A service worker cannot make the file of an export, nor be sure to live until a login is stored.',
    });
  });
}

/** Runs a task of the worker and keeps the document open meanwhile. */
export async function keepingOffscreen<Value>(task: () => Promise<Value>): Promise<Value> {
  underWay += 1;
  try {
    return await task();
  } finally {
    underWay -= 1;
    void closeOffscreen();
  }
}

/** Has the document do something; `here` does the same where the asking document may do it itself. */
export async function askOffscreen<Name extends Work>(
  name: Name,
  input: Input<Name>,
  here: (input: Input<Name>) => Promise<Output<Name>>,
): Promise<Output<Name>> {
  if (import.meta.env.FIREFOX) return here(input);
  await open();
  return send(name, input);
}

/**
 * Runs work in the document under a lock of this name, one at a time over all documents. A worker that is started after
 * its forerunner died knows by the lock that the document is still busy.
 */
export function holdingOffscreen<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  // The types say that a lock gives whatever its task gives, promises of promises included.
  return navigator.locks.request(`${lockPrefix}${name}`, () => work());
}

async function isBusy(): Promise<boolean> {
  if (underWay > 0) return true;
  const { held = [], pending = [] } = await navigator.locks.query();
  if ([...held, ...pending].some(({ name }) => name?.startsWith(lockPrefix))) return true;
  const running = await browser.downloads.search({ state: 'in_progress' });
  // Asked again: something may have begun meanwhile. It waits in the queue and then opens a new document.
  return underWay > 0 || running.some((item) => item.byExtensionId === browser.runtime.id);
}

/** Lets the document go, and the memory of its files with it, unless something still needs it. */
export async function closeOffscreen(): Promise<void> {
  // Firefox frees the object URLs with its event page, some seconds after the last event.
  if (import.meta.env.FIREFOX || underWay > 0) return;
  await inOrder(async () => {
    if (await isBusy()) return;
    // Nothing to close is no error.
    await browser.offscreen.closeDocument().catch(() => undefined);
  });
}
