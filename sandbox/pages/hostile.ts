import type { World } from '../types.ts';
import type { PageAnswer } from './answer.ts';

/** Filled in below. */
export function hostilePage(_world: World, _path: string): PageAnswer | null {
  return null;
}
