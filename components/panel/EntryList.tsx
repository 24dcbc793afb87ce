import { useMemo } from 'preact/hooks';
import { formatTime } from '../../lib/analysis/format.ts';
import type { RefKey } from '../../lib/core/ref.ts';
import { useTimeZone, useTranslate } from '../hooks.tsx';
import { Icon, type IconName } from '../parts/Icon.tsx';
import { missingText, providerName } from '../show.ts';
import { bylineOf, nameOf, rowFigures, rowPrice } from './names.ts';
import { itemState, itemType, type ItemType, type ListItem } from './page-list.ts';
import { useWindowed } from './windowed.ts';

/** Height of a row in px, the same in list.css: rows of one height can be left out of the document while out of sight. */
const rowHeight = 92;

const typeIcons: Record<ItemType, IconName> = {
  video: 'video',
  photo: 'image',
  live: 'live',
  product: 'product',
  post: 'post',
};

const nothing: ReadonlySet<RefKey> = new Set();

/** A list of items; only the rows near the window are in the document. Without `toggle` none can be selected. */
export function EntryList(props: {
  items: readonly ListItem[];
  selected?: ReadonlySet<RefKey>;
  shown: RefKey | null;
  open: (ref: RefKey) => void;
  toggle?: (ref: RefKey, range: boolean) => void;
}) {
  const t = useTranslate();
  const { items } = props;
  const { box, first, end } = useWindowed(items.length, rowHeight);
  const rows = useMemo(() => items.slice(first, end), [items, first, end]);
  return (
    <ul
      ref={box}
      class="entry-list"
      aria-label={t('list_label')}
      style={{ height: `${items.length * rowHeight}px` }}
      data-testid="item-list"
    >
      {rows.map((item, index) => (
        <Row
          key={item.ref}
          item={item}
          top={(first + index) * rowHeight}
          position={first + index + 1}
          size={items.length}
          selected={(props.selected ?? nothing).has(item.ref)}
          current={item.ref === props.shown}
          open={props.open}
          toggle={props.toggle}
        />
      ))}
    </ul>
  );
}

function Row(props: {
  item: ListItem;
  top: number;
  position: number;
  size: number;
  selected: boolean;
  current: boolean;
  open: (ref: RefKey) => void;
  toggle: ((ref: RefKey, range: boolean) => void) | undefined;
}) {
  const t = useTranslate();
  const { item, toggle } = props;
  const { ref, place } = item;
  const record = item.entry?.record;
  const name = nameOf(ref, record);
  const type = itemType(item);
  const typeName =
    type === 'post' || type === 'product' || type === 'live' ? t(`kind_${type}`) : t(`post_type_${type}`);
  return (
    <li
      class={`entry-row ${props.selected ? 'selected' : ''} ${toggle ? '' : 'unselectable'}`}
      style={{ transform: `translateY(${props.top}px)` }}
      aria-setsize={props.size}
      aria-posinset={props.position}
    >
      {toggle && (
        <label class="entry-check">
          <input
            type="checkbox"
            checked={props.selected}
            aria-label={t('list_select', name)}
            data-testid="item-select"
            onClick={(event) => {
              // Drawn from the selection, which a range changes for more than this one.
              event.currentTarget.checked = props.selected;
              toggle(ref, event.shiftKey);
            }}
          />
        </label>
      )}
      <button
        type="button"
        class="entry-open"
        aria-current={props.current ? 'true' : undefined}
        data-testid="item"
        data-ref={ref}
        onClick={() => props.open(ref)}
      >
        <span class="entry-place small quiet">
          <span class="number" title={place.rank === null ? t('list_no_rank') : t('list_rank', place.rank)}>
            {place.rank ?? '–'}
          </span>
          <span title={typeName}>
            <Icon name={typeIcons[type]} />
            <span class="unseen">{typeName}</span>
          </span>
        </span>
        <span class="entry-body">
          <span class="entry-name user-text" dir="auto">
            {name}
          </span>
          <span class="entry-line small quiet">
            <Byline item={item} />
            <State item={item} />
          </span>
          <RowFigures item={item} />
        </span>
      </button>
    </li>
  );
}

function Byline(props: { item: ListItem }) {
  const t = useTranslate();
  const zone = useTimeZone();
  const { entry, parsed } = props.item;
  const byline = entry?.record ? bylineOf(entry.record) : null;
  if (byline) return <bdi class="entry-by user-text">{byline}</bdi>;
  if (!entry?.record && entry?.idTime && parsed.kind !== 'product') {
    return (
      <span class="entry-by number" title={t('id_time_help')}>
        ≈ {formatTime(entry.idTime, zone, t.locale)}
      </span>
    );
  }
  return <span class="entry-by" />;
}

function State(props: { item: ListItem }) {
  const t = useTranslate();
  const state = itemState(props.item);
  const { saved } = props.item.place;
  const provider = props.item.entry?.record?.api_provider;
  const tone = state.is === 'failed' || state.is === 'unavailable' ? 'entry-state bad' : 'entry-state';
  return (
    <span class={tone} data-testid="item-state" data-state={state.is} data-saved={saved}>
      {state.is === 'unavailable'
        ? t(`availability_${state.availability}`)
        : state.is === 'provider' && provider
          ? providerName(t, provider)
          : t(`item_state_${state.is}`)}
      {saved && (
        <span class="entry-saved" title={t('item_saved')}>
          <Icon name="check" />
          <span class="unseen">{t('item_saved')}</span>
        </span>
      )}
    </span>
  );
}

function RowFigures(props: { item: ListItem }) {
  const t = useTranslate();
  const record = props.item.entry?.record;
  if (!record) return <span class="entry-figures" />;
  const price = rowPrice(record, t.locale);
  const figures = rowFigures(record, t.locale);
  const isPost = record.record_type === 'post';
  return (
    <span class="entry-figures number">
      {price && <b>{price}</b>}
      {figures.map(({ field, icon, text }) => (
        <span key={field} title={t(`field_${field}`)}>
          <Icon name={icon} />
          <span class="unseen">{t(`field_${field}`)} </span>
          {text}
        </span>
      ))}
      {isPost && figures.length === 0 && (
        <span class="small quiet">
          {t('unknown_because', t('figures_none_title'), missingText(t, record, 'like_count'))}
        </span>
      )}
    </span>
  );
}
