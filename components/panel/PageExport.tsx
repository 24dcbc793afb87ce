import { useMemo, useState } from 'preact/hooks';
import type { RefKey } from '../../lib/core/ref.ts';
import type { PageView } from '../../lib/messaging/protocol.ts';
import { ExportDialog } from '../export/ExportDialog.tsx';
import { type LastChoices, type PageScope, usePageExport } from '../exports.ts';
import { useTranslate } from '../hooks.tsx';
import { Icon } from '../parts/Icon.tsx';

/** What of a page can be chosen in the dialog. */
interface PageParts {
  readonly page: PageView;
  /** The item that is shown in full; null: none is. */
  readonly shown: RefKey | null;
  readonly selected?: readonly RefKey[] | undefined;
  readonly last: LastChoices;
}

/** The button that asks how; stands beside the one that exports at once. */
export function ExportAs(props: PageParts & { buttonClass: string; testid: string }) {
  const t = useTranslate();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        class={props.buttonClass}
        aria-haspopup="dialog"
        aria-label={t('export_as')}
        title={t('export_as')}
        data-testid={props.testid}
        onClick={() => setOpen(true)}
      >
        <Icon name="down" />
      </button>
      {open && <PageDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

/** A post or product: of itself it is exported with its page, and a file of it alone is called so. */
function isFiled(ref: RefKey): boolean {
  return /^[a-z]+:(?:post|product):/u.test(ref);
}

function PageDialog(props: PageParts & { onClose: () => void }) {
  const t = useTranslate();
  const { page, shown, selected } = props;
  const count = new Set([...page.refs.filter(isFiled), ...page.entries.map(({ ref }) => ref), ...page.others]).size;
  const current = page.current ?? page.refs[0] ?? null;
  const scopes = useMemo(() => {
    const offered: PageScope[] = [];
    if (selected) {
      const part = { scope: 'selection' as const, refs: [...selected] };
      offered.push({ id: 'selection', label: t('export_scope_selection'), count: selected.length, part });
    }
    offered.push({ id: 'page', label: t('export_scope_page'), count, part: { scope: 'page' } });
    if (shown) {
      // Another item may be shown than the page's own, which moves on with the page.
      const part: PageScope['part'] =
        shown === current && isFiled(shown) ? { scope: 'current' } : { scope: 'selection', refs: [shown] };
      offered.push({ id: 'item', label: t('export_scope_item'), count: null, part });
    }
    return offered;
  }, [t, count, shown, current, selected]);
  const host = usePageExport(page.tabId, scopes);
  return <ExportDialog host={host} last={props.last} onClose={props.onClose} />;
}
