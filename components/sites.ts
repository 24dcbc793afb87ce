/** The message key of a site's name; `_what` after it says what works there. */
export function siteKey(siteId: string): string {
  return `site_${siteId.replaceAll('-', '_')}`;
}
