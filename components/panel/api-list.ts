/** The lists of APIs without their drawing: which are offered of what, and which list a form stands for. */
import type { ListCapability } from '../../lib/core/capabilities.ts';
import type { RefKey } from '../../lib/core/ref.ts';
import type { ListOffer, ListState, PageEntry } from '../../lib/messaging/protocol.ts';

/** One kind of list of one thing, by whoever can give it. */
export interface OfferedList {
  readonly capability: ListCapability;
  readonly subject: RefKey | null;
  readonly offers: readonly ListOffer[];
}

/**
 * The offers by kind and subject: those of these subjects, and searches where `searches` is set. Of what the page is
 * about first, and providers with a key first.
 */
export function offeredLists(
  offers: readonly ListOffer[],
  subjects: readonly (RefKey | null)[],
  searches: boolean,
): readonly OfferedList[] {
  const fitting = offers.filter(({ subject }) => (subject === null ? searches : subjects.includes(subject)));
  const groups = Map.groupBy(fitting, ({ capability, subject }) => `${capability} ${subject ?? ''}`);
  const lists = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const inOrder = [...group.filter(({ hasKey }) => hasKey), ...group.filter(({ hasKey }) => !hasKey)];
    return [{ capability: first.capability, subject: first.subject, offers: inOrder }];
  });
  return [...lists.filter(({ subject }) => subject !== null), ...lists.filter(({ subject }) => subject === null)];
}

/** The lists of this kind and subject that were begun, the latest last. */
export function begunLists(lists: readonly ListState[], offered: OfferedList): readonly ListState[] {
  return lists.filter(({ capability, subject }) => capability === offered.capability && subject === offered.subject);
}

/** The list that this form stands for: the same provider and the same words. */
export function listOf(
  begun: readonly ListState[],
  provider: string,
  query: Readonly<Record<string, string>>,
): ListState | null {
  const wanted = queryKey(query);
  return begun.findLast((list) => list.provider === provider && queryKey(list.query) === wanted) ?? null;
}

/** What is left empty is as good as absent. */
function queryKey(query: Readonly<Record<string, string>>): string {
  return JSON.stringify(
    Object.entries(query)
      .map(([name, value]) => [name, value.trim()] as const)
      .filter(([, value]) => value !== '')
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

/** The items of an API's list in the form of a page's: in its order, none of them shown on the page. */
export function placesOf(refs: readonly RefKey[]): readonly PageEntry[] {
  return refs.map((ref, index) => ({
    ref,
    role: 'data',
    hook: null,
    rank: index + 1,
    firstSeenAt: 0,
    lastSeenAt: 0,
    hasData: true,
    saved: false,
  }));
}

/** Kinds of which the list shows figures; others are drawn as texts. */
export function isListOfItems(capability: ListCapability): boolean {
  return capability !== 'comment.list' && capability !== 'shop.search';
}

/** Pages that one click may ask for, as the protocol allows. */
export const mostPages = 1_000;

/** "20" → 20; null for what is no number of pages. */
export function readPages(text: string): number | null {
  const value = Number(text.trim());
  return Number.isInteger(value) && value >= 1 && value <= mostPages ? value : null;
}
