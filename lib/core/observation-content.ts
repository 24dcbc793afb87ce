/** Whether two observations are one: an answer out of a provider's cache repeats what was said before, with its time. */
import type { Observation } from './observation.ts';
import { noSighting } from './record.ts';

/** What is about our asking and not about what was said, at any depth. */
const aboutUs: ReadonlySet<string> = new Set([
  'fetched_at',
  'collected_from_url',
  'raw_sha256',
  ...Object.keys(noSighting),
]);

/** As records say nothing of a field. A field that is missing altogether was unknown to the version that wrote it. */
export function saysNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === 'unknown') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function equal(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined) return saysNothing(one) && saysNothing(other);
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  for (const name of Object.keys(one)) {
    if (!aboutUs.has(name) && !equal(one[name], other[name])) return false;
  }
  for (const name of Object.keys(other)) {
    if (!Object.hasOwn(one, name) && !aboutUs.has(name) && !saysNothing(other[name])) return false;
  }
  return true;
}

/**
 * Whether the same source said the same of the same time: whenever and wherever we asked, and whatever text it stood in
 * (an answer's request id, its quota). The order of fields tells nothing.
 */
export function saysTheSame(one: Observation, other: Observation): boolean {
  return one.observed_at === other.observed_at && one.source === other.source && equal(one.record, other.record);
}
