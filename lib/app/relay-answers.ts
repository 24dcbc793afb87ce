/**
 * Passes the answers of the tap on to the worker, one at a time. The page can make such events up, as many and as large
 * as it likes: whatever does not fit is dropped here, and nothing waits for anything.
 */
import { AppError } from '../core/errors.ts';
import type { RelayedAnswer } from '../core/page-data.ts';
import { isOrphaned, send } from '../messaging/client.ts';
import type { Input, PageUpdate } from '../messaging/protocol.ts';
import { siteFor } from '../sites/index.ts';
import type { Site } from '../sites/site.ts';
import { tapFor } from '../sites/taps.ts';
import { tapEvents, unwrapAnswer } from './tap-events.ts';

/** What may wait for the worker: more than a page ever loaded while it was starting. */
const maximumWaiting = 120;
const maximumWaitingCharacters = 40 * 1024 * 1024;
/** The worker refuses longer addresses. */
const longestAddress = 4_000;
/** The browser may just be starting the worker. */
const retryMs = 300;
/** A worker that dies at the wrong moment may leave a message without any answer; those behind it must not wait for ever. */
const longestAnswerMs = 10_000;

export interface AnswerRelay {
  /** How many answers there was no room for. */
  readonly lostCount: () => number;
  readonly stop: () => void;
}

interface RelaySurroundings {
  readonly site: Site;
  /** Resolves when the worker knows the page. */
  readonly known: Promise<void>;
  /** Unix ms with fraction since when the document is shown. */
  readonly shownAt: () => number;
  readonly accept: (update: PageUpdate) => void;
}

/** Has the tap hand over its answers, until `stop` has it read nothing any more. */
export function relayAnswers({ site, known, shownAt, accept }: RelaySurroundings): AnswerRelay {
  let waiting: RelayedAnswer[] = [];
  let characters = 0;
  let lost = 0;
  let sending = false;

  function receive(event: Event): void {
    const answer = 'detail' in event ? unwrapAnswer(event.detail) : null;
    if (!answer || !isOfPage(answer, site)) return;
    if (waiting.length >= maximumWaiting || characters + answer.text.length > maximumWaitingCharacters) {
      lost += 1;
      return;
    }
    waiting.push(answer);
    characters += answer.text.length;
    void pass();
  }

  async function pass(): Promise<void> {
    if (sending) return;
    sending = true;
    await known;
    for (let answer = waiting[0]; answer; answer = waiting[0]) {
      if (isOrphaned()) stop();
      else await deliver(answer);
      if (waiting[0] !== answer) break;
      waiting.shift();
      characters -= answer.text.length;
    }
    sending = false;
  }

  async function deliver({ url, pageUrl, text, digitsLost }: RelayedAnswer): Promise<void> {
    const answer = { url: shortened(url), pageUrl: shortened(pageUrl), shownAt: shownAt(), text, digitsLost };
    try {
      accept(await sendTwice(answer));
    } catch {
      // The worker refuses it, or is gone: the page's own copy is all there is.
    }
  }

  function start(): void {
    document.dispatchEvent(new CustomEvent(tapEvents.listen));
  }

  function stop(): void {
    document.removeEventListener(tapEvents.answer, receive);
    document.removeEventListener(tapEvents.ready, start);
    silenceTap();
    waiting = [];
    characters = 0;
  }

  document.addEventListener(tapEvents.answer, receive);
  document.addEventListener(tapEvents.ready, start);
  start();
  return { lostCount: () => lost, stop };
}

/** Has the tap read nothing: Clipscope is paused, or gone. */
export function silenceTap(): void {
  document.dispatchEvent(new CustomEvent(tapEvents.silence));
}

/** Whether the answer is one that this page may speak for: from an address that is read, of its own platform. */
function isOfPage({ url, pageUrl }: RelayedAnswer, site: Site): boolean {
  if (!tapFor(url) || !URL.canParse(pageUrl) || new URL(pageUrl).origin !== location.origin) return false;
  return siteFor(new URL(url))?.platform === site.platform;
}

function shortened(address: string): string {
  if (address.length <= longestAddress) return address;
  const { origin, pathname } = new URL(address);
  return origin + pathname.slice(0, longestAddress - origin.length);
}

/** What was sent twice is kept once: the worker knows what it has. */
async function sendTwice(answer: Input<'page.answer'>): Promise<PageUpdate> {
  try {
    return await sendOnce(answer);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'cancelled') throw error;
    await new Promise((resolve) => setTimeout(resolve, retryMs));
    return sendOnce(answer);
  }
}

async function sendOnce(answer: Input<'page.answer'>): Promise<PageUpdate> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new AppError('cancelled', 'The worker did not say what became of an answer.')),
      longestAnswerMs,
    );
  });
  try {
    return await Promise.race([send('page.answer', answer), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
