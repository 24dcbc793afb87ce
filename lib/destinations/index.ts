import type { Destination } from './destination.ts';
import { fourCat } from './four-cat.ts';

/** Every place that files are sent to, one line each. */
export const destinations: readonly Destination[] = [fourCat];

export function destinationById(id: string): Destination | null {
  return destinations.find((destination) => destination.id === id) ?? null;
}
