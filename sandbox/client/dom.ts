/** What every page script needs of the browser. These files run in pages of the sandbox only. */

interface Policy {
  createHTML(text: string): string;
}

interface PolicyFactory {
  createPolicy(name: string, rules: Policy): Policy;
}

// Pages with require-trusted-types-for accept HTML only from a policy, as the real sites do.
const factory: PolicyFactory | undefined = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
const policy: Policy = factory?.createPolicy('sandbox-site', { createHTML: (text) => text }) ?? { createHTML: (text) => text };

/** Turns HTML of our own making into elements. */
export function fragment(html: string): DocumentFragment {
  const template = document.createElement('template');
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

/** Asks the site for JSON, as the real sites load their lists. */
export async function load<T>(address: string): Promise<T> {
  const answer = await fetch(address);
  return (await answer.json()) as T;
}

/** Whether a key was typed into a field, and so is none of the page's business. */
export function isTyping(event: KeyboardEvent): boolean {
  return event.target instanceof HTMLElement && (event.target.isContentEditable || /^(?:input|textarea|select)$/i.test(event.target.tagName));
}
