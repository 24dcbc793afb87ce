/** Receives messages: validates input and sender, and answers with errors as data. */
import { type Browser, browser } from 'wxt/browser';
import * as z from 'zod/mini';
import { AppError, toAppError } from '../core/errors.ts';
import { type Input, type MessageName, type Output, protocol, type Sender, type WorkerEvent } from './protocol.ts';

/** Who sent a message, as the browser vouches for it. */
export interface SenderFacts {
  /** The tab of a content script, or of an extension page that is open in a tab. */
  readonly tabId: number | null;
  /** The address of the sending document. */
  readonly url: string | null;
}

export type Handlers<Names extends MessageName> = {
  readonly [Name in Names]: (input: Input<Name>, sender: SenderFacts) => Promise<Output<Name>>;
};

const envelopeSchema = z.object({ clipscope: z.literal('message'), name: z.string(), input: z.unknown() });

/** `scheme://host:port` also for addresses of extensions, whose `origin` some engines give as "null". */
function originOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}

/**
 * What the browser says of a sender. Only our own extension can send here at all; a tab's content script has the
 * page's address, a page of ours the extension's. `isKnownSite` keeps out content scripts where they have no business.
 */
function senderKind(sender: Browser.runtime.MessageSender, isKnownSite: (url: URL) => boolean): Sender | null {
  if (sender.id !== browser.runtime.id) return null;
  const own = browser.runtime.getURL('/');
  // The origin comes from the browser's own process; an address that is of another one is made up. Firefox and older
  // browsers may leave it out.
  if (sender.origin && sender.url && originOf(sender.url) !== sender.origin) return null;
  if (sender.url?.startsWith(own)) {
    return /^\/(?:popup|sidepanel|options|library)\.html$/u.test(new URL(sender.url).pathname) ? 'page' : 'worker';
  }
  // A service worker's own messages carry no document's address.
  if (!sender.tab) return sender.url === undefined ? 'worker' : null;
  if (sender.frameId !== 0 || !sender.url || !URL.canParse(sender.url)) return null;
  return isKnownSite(new URL(sender.url)) ? 'content' : null;
}

/**
 * Answers the messages that `handlers` name and leaves the others to whoever else listens. Must be called
 * synchronously when the script starts, or the browser would not wake a worker for a message.
 */
export function listen<Names extends MessageName>(handlers: Handlers<Names>, isKnownSite: (url: URL) => boolean): void {
  browser.runtime.onMessage.addListener((message: unknown, sender, sendResponse: (reply: unknown) => void) => {
    const envelope = z.safeParse(envelopeSchema, message);
    if (!envelope.success || !Object.hasOwn(handlers, envelope.data.name)) return undefined;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- hasOwn has just shown that it is one of them
    const name = envelope.data.name as Names;
    void answer(name, envelope.data.input, sender).then(sendResponse);
    // sendResponse with `true` works in every Chromium from 120, in Firefox and in WXT's fake browser alike.
    return true;
  });

  async function answer(name: Names, given: unknown, sender: Browser.runtime.MessageSender): Promise<unknown> {
    try {
      const kind = senderKind(sender, isKnownSite);
      const allowed: readonly Sender[] = protocol[name].from;
      if (!kind || !allowed.includes(kind)) {
        throw new AppError('permission', `${name} is not for this sender.`);
      }
      const input = z.safeParse(protocol[name].input, given);
      if (!input.success) {
        // The issues' paths only: a rejected value may hold a key.
        const where = input.error.issues.map((issue) => issue.path.join('.')).join(', ');
        throw new AppError('bad_request', `${name} was sent with an unreadable input (${where}).`);
      }
      const facts: SenderFacts = { tabId: sender.tab?.id ?? null, url: sender.url ?? null };
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema of this very message has parsed it
      return { ok: true, value: await handlers[name](input.data as Input<Names>, facts) };
    } catch (error) {
      return { ok: false, error: toAppError(error).toWire() };
    }
  }
}

/** Tells every open page of the extension, and the content scripts of `tabIds`. Nobody listening is no error. */
export function tell(event: WorkerEvent, tabIds: readonly number[] = []): void {
  const message = { clipscope: 'event', body: event };
  void browser.runtime.sendMessage(message).catch(() => undefined);
  for (const tabId of tabIds) void browser.tabs.sendMessage(tabId, message).catch(() => undefined);
}
