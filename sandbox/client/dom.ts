/** What every page script needs of the browser. These files run in pages of the sandbox only. */

interface Policy {
  createHTML(text: string): string;
}

interface PolicyFactory {
  createPolicy(name: string, rules: Policy): Policy;
}

// Pages with require-trusted-types-for accept HTML only from a policy, as the real sites do.
const factory: PolicyFactory | undefined = Reflect.get(globalThis, 'trustedTypes');
const policy: Policy = factory?.createPolicy('sandbox-site', { createHTML: (text) => text }) ?? {
  createHTML: (text) => text,
};

/** Turns HTML of our own making into elements. */
export function fragment(html: string): DocumentFragment {
  const template = document.createElement('template');
  // The sandbox plays the site: this is the page's own code, and its HTML is written here.
  template.innerHTML = policy.createHTML(html);
  return template.content;
}

/** Replaces what is inside an element. */
export function fill(element: Element, html: string): void {
  element.replaceChildren(fragment(html));
}

/** The element, which the page's own markup guarantees. */
export function need(selector: string, within: ParentNode = document): HTMLElement {
  const found = within.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`The page has no ${selector}.`);
  return found;
}

/** How a page asks for its lists: by fetch, or by XMLHttpRequest that gives text or a parsed object. */
export type Transport = 'fetch' | 'xhr' | 'xhr-json';

/** The transport that the page's address wishes, or else the page's own. */
export function transportOf(own: string | undefined): Transport {
  const wished = new URLSearchParams(location.search).get('transport') ?? own;
  return wished === 'xhr' || wished === 'xhr-json' ? wished : 'fetch';
}

function request(address: string, responseType: '' | 'json'): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const asked = new XMLHttpRequest();
    asked.open('GET', address);
    asked.responseType = responseType;
    asked.addEventListener('load', () => {
      const { response }: { response: unknown } = asked;
      resolve(responseType === 'json' ? response : JSON.parse(String(response)));
    });
    asked.addEventListener('error', () => reject(new Error(`${address} did not answer.`)));
    asked.send();
  });
}

/** Asks the site for JSON, as the real sites load their lists. */
export async function load<T>(address: string, transport: Transport = 'fetch'): Promise<T> {
  if (transport !== 'fetch') {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return (await request(address, transport === 'xhr' ? '' : 'json')) as T;
  }
  const answer = await fetch(address);
  // The sandbox makes both ends: the answer is what the page asks for.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return (await answer.json()) as T;
}

/** Asks for an answer that comes in pieces, each after its length in bytes as a hexadecimal number and a line break. */
export async function loadPieces<T>(address: string): Promise<T[]> {
  const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
  const pieces: T[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(13, start);
    const length = Number.parseInt(new TextDecoder().decode(bytes.subarray(start, end)), 16);
    pieces.push(parse<T>(new TextDecoder().decode(bytes.subarray(end + 2, end + 2 + length))));
    start = end + 2 + length + 2;
  }
  return pieces;
}

/** Whether a key was typed into a field, and so is none of the page's business. */
export function isTyping(event: KeyboardEvent): boolean {
  return (
    event.target instanceof HTMLElement &&
    (event.target.isContentEditable || /^(?:input|textarea|select)$/i.test(event.target.tagName))
  );
}

/** The element that an event happened on. */
export function targetOf(event: Event): Element | null {
  return event.target instanceof Element ? event.target : null;
}

/** What a page keeps with an entry of the history: the post it shows, and how many entries it has added. */
export function historyEntry(state: unknown = history.state): { id: string | null; depth: number } {
  if (typeof state !== 'object' || state === null) return { id: null, depth: 0 };
  return {
    id: 'id' in state && typeof state.id === 'string' ? state.id : null,
    depth: 'depth' in state && typeof state.depth === 'number' ? state.depth : 0,
  };
}

/** Reads JSON that the page itself embeds or receives. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export function parse<T>(text: string): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return JSON.parse(text) as T;
}
