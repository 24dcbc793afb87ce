/**
 * Texts as people order them: Chinese by its sounds, numbers within texts by their value, and the same in every language
 * of the interface.
 */
const collator = new Intl.Collator('zh-Hans-CN', { numeric: true });

export function compareTexts(a: string, b: string): number {
  return collator.compare(a, b);
}
