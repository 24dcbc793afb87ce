import { useState } from 'preact/hooks';
import { formatCount, formatMoney, formatTime } from '../../lib/analysis/format.ts';
import { parseRefKey, type RefKey } from '../../lib/core/ref.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import type { Entry, PageState } from '../../lib/messaging/protocol.ts';
import { useTimeZone, useTranslate } from '../hooks.tsx';

/** A page may hold two thousand items; so many are drawn before one asks for the rest. */
const firstItems = 40;

/** Everything on the page, compact; a click shows an item in full. */
export function ItemList(props: {
  page: PageState;
  refs: readonly RefKey[];
  entries: ReadonlyMap<RefKey, Entry>;
  shown: RefKey | null;
  choose: (ref: RefKey) => void;
}) {
  const t = useTranslate();
  const zone = useTimeZone();
  const [all, setAll] = useState(false);
  const roles = new Map(props.page.items.map((item) => [item.ref, item.role]));
  const refs = all ? props.refs : props.refs.slice(0, firstItems);
  return (
    <nav class="stack item-list" aria-label={t('items_title', props.refs.length)} data-testid="item-list">
      <h2 class="section-title">{t('items_title', props.refs.length)}</h2>
      <ul>
        {refs.map((ref) => {
          const entry = props.entries.get(ref);
          const role = roles.get(ref);
          const known = knownText(t, ref, entry, zone);
          return (
            <li key={ref}>
              <button
                type="button"
                class="item"
                aria-current={ref === props.shown ? 'true' : undefined}
                data-testid="item"
                data-ref={ref}
                onClick={() => props.choose(ref)}
              >
                <span class="item-name user-text" dir="auto">
                  {nameOf(t, ref, entry)}
                </span>
                <span class="item-known small quiet number">
                  {[kindName(t, ref), role && t(`role_${role}`), known].filter(Boolean).join(' · ')}
                </span>
                {entry?.status === 'error' && <span class="badge bad">{t('item_error')}</span>}
              </button>
            </li>
          );
        })}
      </ul>
      {refs.length < props.refs.length && (
        <button type="button" class="button compact" data-testid="all-items" onClick={() => setAll(true)}>
          {t('items_show_rest', props.refs.length - refs.length)}
        </button>
      )}
    </nav>
  );
}

function kindName(t: Translate, ref: RefKey): string {
  return t(`kind_${parseRefKey(ref)?.kind ?? 'post'}`);
}

function nameOf(t: Translate, ref: RefKey, entry: Entry | undefined): string {
  const record = entry?.record;
  if (record?.record_type === 'post') return record.caption || record.author_name || record.post_id;
  if (record?.record_type === 'product') return record.product_name || record.product_id;
  const parsed = parseRefKey(ref);
  if (parsed?.kind === 'author' || parsed?.kind === 'live')
    return /^[\w.]+$/u.test(parsed.id) ? `@${parsed.id}` : parsed.id;
  if (parsed?.kind === 'hashtag') return `#${parsed.id}`;
  return parsed?.id ?? ref;
}

/** The one figure that tells most, or the time in the id where nothing was asked yet. */
function knownText(t: Translate, ref: RefKey, entry: Entry | undefined, zone: string): string {
  const record = entry?.record;
  if (record?.record_type === 'post') {
    const field = record.view_count !== null ? 'view_count' : 'like_count';
    const value = record[field];
    return value === null
      ? ''
      : `${t(`field_${field}`)} ${formatCount(value, record.figures[field]?.precision ?? null, t.locale)}`;
  }
  if (record?.record_type === 'product')
    return record.currency ? formatMoney(record.price_minor, record.currency, t.locale) : '';
  if (!entry?.idTime || parseRefKey(ref)?.kind === 'product') return '';
  return `≈ ${formatTime(entry.idTime, zone, t.locale)}`;
}
