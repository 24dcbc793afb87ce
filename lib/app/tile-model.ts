/** The few figures on a tile, in words: made in the worker, since the content script carries no dictionary. */
import { formatCount, formatMoney } from '../analysis/format.ts';
import type { AnyRecord, PostRecord, ProductRecord } from '../core/record.ts';
import type { RefKey } from '../core/ref.ts';
import type { Translate } from '../i18n/index.ts';
import type { TileModel } from '../messaging/protocol.ts';
import { sourceName } from './chip.ts';

type TileFigure = TileModel['figures'][number];
type PostCount = 'view_count' | 'like_count' | 'save_count' | 'comment_count';

const icons = { view_count: 'views', like_count: 'likes', save_count: 'saves', comment_count: 'comments' } as const;

/** "Views · exact · the page". */
function noteOf(record: AnyRecord, field: string, label: string, t: Translate): string {
  const note = record.figures[field];
  if (!note) return label;
  return [label, t(`precision_${note.precision}`), sourceName(note.source, t)].join(' · ');
}

function count(record: PostRecord, field: PostCount, t: Translate): TileFigure[] {
  const value = record[field];
  if (value === null) return [];
  return [
    {
      icon: icons[field],
      text: formatCount(value, record.figures[field]?.precision ?? 'unknown', t.locale),
      note: noteOf(record, field, t(`field_${field}`), t),
    },
  ];
}

/** Two figures: more do not fit. Douyin's web shows no views, so saves, or else comments, take their place. */
function postFigures(record: PostRecord, t: Translate): TileFigure[] {
  const order: readonly PostCount[] =
    record.platform === 'douyin'
      ? ['view_count', 'like_count', 'save_count', 'comment_count']
      : ['view_count', 'like_count', 'comment_count', 'save_count'];
  return order.flatMap((field) => count(record, field, t)).slice(0, 2);
}

function productFigures(record: ProductRecord, t: Translate): TileFigure[] {
  const figures: TileFigure[] = [];
  if (record.price_minor !== null && record.currency !== null) {
    const unit = record.price_unit_source === 'declared' ? '' : t('price_unit_not_declared');
    figures.push({
      icon: 'price',
      text: formatMoney(record.price_minor, record.currency, t.locale),
      note: [noteOf(record, 'price_minor', t('field_price'), t), unit].filter(Boolean).join(' · '),
    });
  } else if (record.price_text) {
    figures.push({ icon: 'price', text: record.price_text, note: `${t('field_price')} · ${t('price_as_text')}` });
  }
  if (record.sold_count !== null) {
    figures.push({
      icon: 'sold',
      text: formatCount(record.sold_count, record.figures['sold_count']?.precision ?? 'unknown', t.locale),
      note: noteOf(record, 'sold_count', t('field_sold_count'), t),
    });
  }
  return figures;
}

/** What a tile shows of a thing; no figures where there is no record, or one without them. */
export function tileModel(ref: RefKey, record: AnyRecord | null, t: Translate): TileModel {
  if (record?.record_type === 'post') return { ref, figures: postFigures(record, t) };
  return { ref, figures: record?.record_type === 'product' ? productFigures(record, t) : [] };
}
