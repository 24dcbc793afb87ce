import type { WorldPost } from '../types.ts';
import { describeAweme } from './douyin-data.ts';

function camelName(name: string): string {
  return name.replaceAll(/_([a-z0-9])/gu, (_whole, letter: string) => letter.toUpperCase());
}

function camel(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camel);
  if (value === null) return '$undefined';
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [camelName(name), camel(inner)]));
}

/** A post as the component stream of Douyin's pages has it: camel case, other names for two blocks, "$undefined" for null. */
export function describeCamelAweme(post: WorldPost, completeTextExtra: boolean): Record<string, unknown> {
  const { author, statistics, ...rest } = describeAweme(post, completeTextExtra);
  return {
    ...Object.fromEntries(Object.entries(rest).map(([name, inner]) => [camelName(name), camel(inner)])),
    authorInfo: camel(author),
    stats: camel(statistics),
    tag: { isTop: false },
    download: { prevent: false, allowDownload: true },
  };
}
