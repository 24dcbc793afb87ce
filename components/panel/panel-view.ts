import { useEffect, useState } from 'preact/hooks';
import type { RefKey } from '../../lib/core/ref.ts';
import type { PageView } from '../../lib/messaging/protocol.ts';

type View = 'item' | 'page';

export interface PanelView {
  readonly tab: View;
  readonly setTab: (tab: View) => void;
  /** The item in full: the page's current one, unless one was chosen, until the page moves on. */
  readonly shown: RefKey | null;
  /** Whether it was chosen; null as a choice follows the page again. */
  readonly isChosen: boolean;
  readonly choose: (ref: RefKey | null) => void;
}

/** Which tab is open and which item is shown, until the page or the browser's tab changes. */
export function usePanelView(page: PageView | null): PanelView {
  const [chosen, setChosen] = useState<RefKey | null>(null);
  const [tab, setTab] = useState<View | null>(null);
  const current = page ? (page.current ?? page.refs[0] ?? null) : null;
  const tabId = page?.tabId;
  useEffect(() => setChosen(null), [current, tabId]);
  useEffect(() => setTab(null), [tabId]);
  // A page that is a list, with nothing of it open, begins with the list: a profile, a search.
  const isList = page !== null && page.entries.length > 0 && !page.entries.some(({ ref }) => ref === current);
  const first: View = isList ? 'page' : 'item';
  const choose = (ref: RefKey | null) => {
    setChosen(ref === current ? null : ref);
    setTab('item');
    window.scrollTo({ top: 0 });
  };
  return { tab: tab ?? first, setTab, shown: chosen ?? current, isChosen: chosen !== null, choose };
}
