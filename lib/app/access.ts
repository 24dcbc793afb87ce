/** Host permissions: one origin at a time, asked when a credential is saved or tested, given back with it. */
import { browser } from 'wxt/browser';

/** `https://host:8443` → `https://host/*`: match patterns know no ports. */
export function originPatterns(origins: readonly string[]): string[] {
  return [...new Set(origins.map((origin) => `${new URL(origin).protocol}//${new URL(origin).hostname}/*`))];
}

export function hasAccess(origins: readonly string[]): Promise<boolean> {
  return browser.permissions.contains({ origins: originPatterns(origins) });
}

/** Whether the extension holds this pattern's host for good, as it does the platforms'. */
function isRequired(pattern: string): boolean {
  const { protocol, hostname } = new URL(pattern.replace('/*', '/'));
  return (browser.runtime.getManifest().host_permissions ?? []).some((required: string) => {
    const [, scheme, host = ''] = /^(https?):\/\/([^/]+)\//u.exec(required) ?? [];
    if (`${scheme}:` !== protocol) return false;
    return host.startsWith('*.') ? hostname === host.slice(2) || hostname.endsWith(host.slice(1)) : hostname === host;
  });
}

/** Gives back what was asked for; a host that is the platforms' own cannot be given back, and the browser would throw. */
export async function giveBackAccess(origins: readonly string[]): Promise<void> {
  const optional = originPatterns(origins).filter((pattern) => !isRequired(pattern));
  if (optional.length > 0) await browser.permissions.remove({ origins: optional });
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
