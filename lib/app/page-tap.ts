/**
 * The script in the page's own world. It hands the text of the answers that the page loads by itself, on the addresses
 * of lib/sites/taps.ts, to the content script. What comes of them is decided in the worker.
 *
 * It is harmless, and not hidden:
 * - It sends nothing and starts nothing. What `fetch` and `XMLHttpRequest` return is the browser's own, the same object
 *   at the same time; nothing waits for us, and whatever goes wrong here stays here.
 * - A request to any other address is passed on untouched: its answer is not looked at, not even its promise.
 * - Of a listed answer a copy is read while the page reads its own, so that a stream stays a stream. An aborted request
 *   ends both. The copy is given up when it is too long, or still running after half a minute.
 * - What it calls later it has taken down at the start: pages replace these functions, by accident or on purpose.
 *
 * Two traces remain: the functions are proxies, and a listed `fetch` that fails counts as handled though the page may
 * not have handled it.
 *
 * No import of the extension API may come near this file: there is none in a page's own world.
 */
import { maximumRelayed, type RelayedAnswer } from '../core/page-data.ts';
import { tapFor } from '../sites/taps.ts';
import { tapEvents, wrapAnswer } from './tap-events.ts';

/** What is kept until the content script listens. */
const maximumWaiting = 40;
const maximumWaitingCharacters = 16 * 1024 * 1024;
/** A text has at most so many bytes per character; what is longer need not be decoded to be known as too long. */
const bytesPerCharacter = 3;
/** An answer that still goes on after this is a stream that never ends (ms). */
const longestReading = 30_000;

const mark = Symbol.for('clipscope.tap');

type Origin = Omit<RelayedAnswer, 'text'>;

/** Starts the tap in this world; a second start does nothing. `isListed` tells which answers' addresses are read. */
export function startPageTap(
  page: typeof globalThis,
  isListed: (address: string) => boolean = (address) => tapFor(address) !== null,
): void {
  if (Object.hasOwn(page, mark)) return;
  Object.defineProperty(page, mark, { value: true });

  const { document, location, ArrayBuffer, Blob, CustomEvent, ReadableStream, TextDecoder, URL } = page;
  const { setTimeout, clearTimeout } = page;
  /* oxlint-disable typescript/unbound-method -- taken down here, and always applied to an object */
  const { apply } = page.Reflect;
  const { stringify } = page.JSON;
  const { then } = page.Promise.prototype;
  const { dispatchEvent, addEventListener } = page.EventTarget.prototype;
  const { clone } = page.Response.prototype;
  const { getReader } = ReadableStream.prototype;
  const { read, cancel } = page.ReadableStreamDefaultReader.prototype;
  const { decode } = TextDecoder.prototype;
  const { text: textOfBlob } = Blob.prototype;
  /* oxlint-enable typescript/unbound-method */
  const addressOfRequest = getter(page.Request.prototype, 'url');
  const addressOfUrl = getter(URL.prototype, 'href');
  const addressOfResponse = getter(page.Response.prototype, 'url');
  const isOk = getter(page.Response.prototype, 'ok');
  const bodyOf = getter(page.Response.prototype, 'body');
  const baseOf = getter(page.Node.prototype, 'baseURI');
  const sizeOfBlob = getter(Blob.prototype, 'size');
  const sizeOfBuffer = getter(ArrayBuffer.prototype, 'byteLength');

  let state: 'waiting' | 'listening' | 'silent' = 'waiting';
  let waiting: string[] = [];

  /** The native function behind a property, to be read of other objects: throws for one of another kind. */
  function getter(prototype: object, name: string): (self: unknown) => unknown {
    // oxlint-disable-next-line typescript/unbound-method -- as above
    const get = Object.getOwnPropertyDescriptor(prototype, name)?.get;
    return (self) => (get ? apply(get, self, []) : undefined);
  }

  function tell(name: string, detail?: string): void {
    apply(dispatchEvent, document, [new CustomEvent(name, { detail })]);
  }

  function hear(name: string, listener: () => void): void {
    apply(addEventListener, document, [name, listener]);
  }

  function give(origin: Origin, text: string): void {
    if (state === 'silent' || text === '' || text.length > maximumRelayed) return;
    const detail = wrapAnswer({ ...origin, text });
    if (state === 'listening') {
      tell(tapEvents.answer, detail);
      return;
    }
    waiting.push(detail);
    let size = waiting.reduce((sum, each) => sum + each.length, 0);
    while (waiting.length > maximumWaiting || size > maximumWaitingCharacters) size -= waiting.shift()?.length ?? 0;
  }

  /** Where the answer came from; null where nobody reads it. */
  function originOf(address: unknown): Origin | null {
    return state !== 'silent' && typeof address === 'string' && isListed(address)
      ? { url: address, pageUrl: location.href, digitsLost: false }
      : null;
  }

  /** The address that a call of `fetch` names; null where only the page's own code could say it. */
  function addressOf(input: unknown): string | null {
    if (typeof input === 'string') return new URL(input, String(baseOf(document))).href;
    for (const ask of [addressOfRequest, addressOfUrl]) {
      try {
        const address = ask(input);
        if (typeof address === 'string') return address;
      } catch {
        // Of another kind.
      }
    }
    return null;
  }

  /** Reads a copy of the answer to its end, or until it is too long. */
  async function readCopy(origin: Origin, copy: Response): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      const body = bodyOf(copy);
      if (!(body instanceof ReadableStream)) return;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- without a mode, this is the kind that there is
      const reader = apply(getReader, body, []) as ReadableStreamDefaultReader<Uint8Array>;
      let givenUp = false;
      const giveUp = (): void => {
        givenUp = true;
        void apply(then, apply(cancel, reader, []), [ignore, ignore]);
      };
      timer = setTimeout(giveUp, longestReading);
      const decoder = new TextDecoder();
      let text = '';
      for (;;) {
        const { done, value } = await apply(read, reader, []);
        if (givenUp) return;
        text += apply(decode, decoder, done ? [] : [value, { stream: true }]);
        if (done) break;
        if (state === 'silent' || text.length > maximumRelayed) giveUp();
      }
      give(origin, text);
    } catch {
      // Aborted, or broken off: the page hears of it by its own copy.
    } finally {
      clearTimeout(timer);
    }
  }

  function watchFetch(promise: Promise<Response>, input: unknown): void {
    if (state === 'silent') return;
    const asked = addressOf(input);
    if (asked !== null && !isListed(asked)) return;
    // First in line: the page cannot have touched the body yet.
    const look = (response: Response): void => {
      try {
        const origin = originOf(addressOfResponse(response));
        if (origin && isOk(response) === true) void readCopy(origin, apply(clone, response, []));
      } catch {
        // Made by the page itself, or of a kind that cannot be copied.
      }
    };
    void apply(then, promise, [look, ignore]);
  }

  function wrapFetch(): void {
    const descriptor = Object.getOwnPropertyDescriptor(page, 'fetch');
    if (typeof descriptor?.value !== 'function') return;
    const native: typeof page.fetch = descriptor.value;
    const value = new Proxy(native, {
      apply(target, self, parameters: Parameters<typeof native>) {
        const promise: Promise<Response> = apply(target, self, parameters);
        try {
          watchFetch(promise, parameters[0]);
        } catch {
          // An address that is none.
        }
        return promise;
      },
    });
    Object.defineProperty(page, 'fetch', { ...descriptor, value });
  }

  function wrapRequests(): void {
    const { prototype } = page.XMLHttpRequest;
    const descriptor = Object.getOwnPropertyDescriptor(prototype, 'open');
    if (typeof descriptor?.value !== 'function') return;
    const addressOfAnswer = getter(prototype, 'responseURL');
    const statusOf = getter(prototype, 'status');
    const typeOf = getter(prototype, 'responseType');
    const textOf = getter(prototype, 'responseText');
    const valueOf = getter(prototype, 'response');
    const longest = maximumRelayed * bytesPerCharacter;
    const watched = new WeakSet<XMLHttpRequest>();

    const loaded = (request: XMLHttpRequest, bytes: number): void => {
      const origin = originOf(addressOfAnswer(request));
      const status = Number(statusOf(request));
      if (!origin || status < 200 || status > 299 || bytes > longest) return;
      const type = typeOf(request);
      if (type === '' || type === 'text') {
        give(origin, String(textOf(request)));
        return;
      }
      const value = type === 'json' || type === 'arraybuffer' || type === 'blob' ? valueOf(request) : null;
      if (value instanceof ArrayBuffer) {
        if (Number(sizeOfBuffer(value)) <= longest) give(origin, apply(decode, new TextDecoder(), [value]));
      } else if (value instanceof Blob) {
        if (Number(sizeOfBlob(value)) > longest) return;
        const giveText = (text: unknown): void => {
          if (typeof text === 'string') give(origin, text);
        };
        void apply(then, apply(textOfBlob, value, []), [giveText, ignore]);
      } else if (typeof value === 'object' && value !== null && bytes <= maximumRelayed) {
        // Made text again, it is about as long as it was.
        give({ ...origin, digitsLost: true }, stringify(value));
      }
    };

    const native: XMLHttpRequest['open'] = descriptor.value;
    const value = new Proxy(native, {
      apply(target, self: XMLHttpRequest, parameters: Parameters<XMLHttpRequest['open']>) {
        const result: unknown = apply(target, self, parameters);
        try {
          if (!watched.has(self)) {
            watched.add(self);
            // Before the page's own listeners, so that it has not yet changed what it was given.
            const listener = (event: Event): void => {
              try {
                loaded(self, 'loaded' in event ? Number(event.loaded) : 0);
              } catch {
                // Whatever it is, the page is not told.
              }
            };
            apply(addEventListener, self, ['load', listener]);
          }
        } catch {
          // Not a request, which the native function has said already.
        }
        return result;
      },
    });
    Object.defineProperty(prototype, 'open', { ...descriptor, value });
  }

  hear(tapEvents.listen, () => {
    state = 'listening';
    const held = waiting;
    waiting = [];
    for (const detail of held) tell(tapEvents.answer, detail);
  });
  hear(tapEvents.silence, () => {
    state = 'silent';
    waiting = [];
  });
  wrapFetch();
  if ('XMLHttpRequest' in page) wrapRequests();
  tell(tapEvents.ready);
}

function ignore(): void {
  // The page has its own copy, and hears of its own errors.
}
