/** What people type as tags. Pure. */

/** Characters of one tag; more is a note. */
const longestTag = 60;

/** Tags as typed: several with commas between. */
export function tagsOf(text: string): readonly string[] {
  const tags = text.split(/[,，、\n]/u).map((tag) => tag.trim().replace(/^#/u, '').slice(0, longestTag));
  return [...new Set(tags.filter(Boolean))];
}
