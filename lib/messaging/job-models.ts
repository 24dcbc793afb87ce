/** What the worker tells of jobs besides the jobs themselves. Types only, since the pages carry them. */
import type { RefKey } from '../core/ref.ts';

/** What a job would do, before it is begun. */
export interface JobPreview {
  /** Things, each once. */
  readonly count: number;
  /** By the provider that would be asked first, in the order of the registry. */
  readonly calls: readonly { readonly provider: string; readonly count: number }[];
  /** Of them known already, and fresh enough that no call is made. */
  readonly fresh: number;
  /** Of them things that nobody can be asked about: no provider knows their kind, or no key is stored. The first ten. */
  readonly unanswerable: { readonly count: number; readonly first: readonly RefKey[] };
}
