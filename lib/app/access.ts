/** Host permissions: one origin at a time, asked when a credential is saved or tested, given back with it. */
import { browser } from 'wxt/browser';

/** `https://host:8443` → `https://host/*`: match patterns know no ports. */
export function originPatterns(origins: readonly string[]): string[] {
  return [...new Set(origins.map((origin) => `${new URL(origin).protocol}//${new URL(origin).hostname}/*`))];
}

export function hasAccess(origins: readonly string[]): Promise<boolean> {
  return browser.permissions.contains({ origins: originPatterns(origins) });
}

export async function giveBackAccess(origins: readonly string[]): Promise<void> {
  await browser.permissions.remove({ origins: originPatterns(origins) });
}
