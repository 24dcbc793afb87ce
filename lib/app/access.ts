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

/**
 * Asks for these origins; true when granted. In Firefox also for leave to send what a lookup sends: a key, and the id of
 * what is viewed (addons.mozilla.org's data collection consent, in force since 2025-11-03). Must be called synchronously
 * in a click's handler.
 */
export function requestAccess(origins: readonly string[]): Promise<boolean> {
  const wanted = { origins: originPatterns(origins) };
  if (!import.meta.env.FIREFOX) return browser.permissions.request(wanted);
  return browser.permissions.request({
    ...wanted,
    data_collection: ['authenticationInfo', 'websiteContent'],
  } as typeof wanted);
}
