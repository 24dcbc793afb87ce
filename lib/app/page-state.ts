/** Which list a report belongs to, and what of it is news. Pure; what is kept of a tab between reports is in tab-pages.ts. */
import * as z from 'zod/mini';
import { type EntityRef, refKey, type RefKey } from '../core/ref.ts';
import { type PageReport, type PageState, pageStateSchema } from '../messaging/protocol.ts';
import { type PageListContext, pageContext } from '../sites/page-context.ts';
import type { Site } from '../sites/site.ts';
import { isListed, type ShownItem } from './page-list.ts';

/** After so long (ms) what is in the DOM belongs to the page that the address names. */
const leftoverMs = 2_000;

/** A tab's page with what only the worker needs of it. */
export const keptPageSchema = z.extend(pageStateSchema, {
  /**
   * Tiles of the former list that were still in the DOM when the address changed: they are not of the new one, as long as
   * they do not leave it.
   */
  leftovers: z.array(z.string()),
  /** Unix ms; see `leftoverMs`. */
  leftoversUntil: z.number(),
  /** Reports in a row, of one list, in which its page showed nothing. */
  emptyReports: z.number(),
});
export type KeptPage = z.infer<typeof keptPageSchema>;

export interface FollowedReport {
  readonly page: KeptPage;
  /** What the report adds to the list. */
  readonly items: readonly ShownItem[];
  /** Those that the report before it did not have. */
  readonly fresh: readonly ShownItem[];
  /** The list's own page, where the list is a new one. */
  readonly subject: RefKey | null;
}

const place = ({ ref, role, hook }: ShownItem): string => `${ref} ${role} ${hook}`;

function subjectKey(subject: EntityRef | null): RefKey | null {
  return subject && refKey(subject);
}

/** A page's address as a provenance column: without its query and fragment, which may carry tokens. */
export function pageAddress(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/** Whether a post lies over the list that was shown before: some of the list's tiles are still there. */
function liesOver(before: KeptPage, report: PageReport, named: PageListContext): boolean {
  if (named.type !== 'post' || named.listKey === before.listKey) return false;
  const tiles = new Set(before.items.filter(isListed).map(({ ref }) => ref));
  return report.items.some((item) => isListed(item) && tiles.has(item.ref));
}

/**
 * What becomes of a tab's page with a report. A post that is opened over a grid stays in the grid's list; where no tile of
 * the list is left it is a page of its own. `now`: Unix ms.
 */
export function followReport(
  before: KeptPage | null,
  report: PageReport,
  { tabId, site }: { readonly tabId: number; readonly site: Site },
  now: number,
): FollowedReport {
  const named = pageContext(new URL(report.url));
  const former = before?.shownAt === report.shownAt ? before : null;
  const stays = former !== null && liesOver(former, report, named);
  const listKey = stays ? former.listKey : named.listKey;
  const { type, query, tab, personalised } = stays ? former.context : named;
  const moved = former !== null && former.listKey !== listKey;
  const present = new Set(report.items.filter(isListed).map(place));
  const suspects = moved ? former.items.filter(isListed).map(place) : (former?.leftovers ?? []);
  const until = moved ? now + leftoverMs : (former?.leftoversUntil ?? 0);
  const leftovers = until > now ? suspects.filter((item) => present.has(item)) : [];
  const ignored = new Set(leftovers);
  const items = report.items.filter((item) => !ignored.has(place(item)));
  const known = new Set(former && !moved ? former.items.map(place) : []);
  for (const item of former?.leftovers ?? []) known.delete(item);
  const isEmpty = !items.some(isListed);
  return {
    page: {
      ...report,
      tabId,
      platform: site.platform,
      site: site.id,
      context: { type, query, tab, personalised },
      listKey,
      leftovers,
      leftoversUntil: leftovers.length > 0 ? until : 0,
      emptyReports: isEmpty ? (former && !moved ? former.emptyReports + 1 : 1) : 0,
    },
    items,
    fresh: items.filter((item) => !known.has(place(item))),
    subject: stays ? null : subjectKey(named.subject),
  };
}

/**
 * The list that an answer belongs to: that of the page as it was when the answer came, which may be a list under an
 * opened post.
 */
export function listOfAnswer(page: PageState | null, pageUrl: string, shownAt: number): PageListContext {
  const named = pageContext(new URL(pageUrl));
  if (!page || page.shownAt !== shownAt || page.listKey === named.listKey) return named;
  const opened = pageContext(new URL(page.url));
  const isOverList = opened.listKey !== page.listKey && named.type === 'post';
  return isOverList || page.url === pageUrl
    ? { ...named, ...page.context, listKey: page.listKey, subject: null }
    : named;
}
