/** What the chip on the page shows of an entry, in words. Made in the worker: the content script carries no dictionary. */
import { formatAge, formatCount, formatMoney } from '../analysis/format.ts';
import type { PostRecord, ProductRecord } from '../core/record.ts';
import type { Translate } from '../i18n/index.ts';
import type { ChipModel, Entry } from '../messaging/protocol.ts';
import { providerById } from '../providers/index.ts';

const postCounts = ['view_count', 'like_count', 'comment_count', 'share_count', 'save_count'] as const;

type ChipFigure = ChipModel['figures'][number];

/** The chip of an entry. `timeZone` is an IANA name, `now` Unix ms. */
export function chipModel(entry: Entry, t: Translate, timeZone: string, now: number): ChipModel {
  return {
    ref: entry.ref,
    status: entry.status,
    figures: figuresOf(entry, t, timeZone, now),
    line: lineOf(entry, t, now),
  };
}

function formatDay(time: number, timeZone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone }).format(time);
}

function figuresOf(entry: Entry, t: Translate, timeZone: string, now: number): ChipFigure[] {
  const { record } = entry;
  if (record?.record_type === 'post') return postFigures(record, entry, t, timeZone, now);
  if (record?.record_type === 'product') return productFigures(record, t, now);
  return idTimeFigure(entry.idTime, t, timeZone);
}

function idTimeFigure(time: number | null, t: Translate, timeZone: string): ChipFigure[] {
  if (time === null) return [];
  return [
    { label: t('field_id_time'), text: `≈ ${formatDay(time, timeZone, t.locale)}`, note: t('chip_id_time_note') },
  ];
}

/** `api:gateway` by the name that people know the provider by; the page's own blocks (`statsV2`) as they are. */
function sourceName(source: string): string {
  return providerById(source.replace(/^api:/u, ''))?.label ?? source;
}

/** "exact · OneBound · 3 minutes ago": what makes a figure citable, in a breath. */
function noteOf(record: PostRecord | ProductRecord, field: string, t: Translate, now: number): string {
  const figure = record.figures[field];
  if (!figure) return '';
  const age = formatAge(figure.observed_at ?? figure.fetched_at, now, t.locale);
  return [t(`precision_${figure.precision}`), sourceName(figure.source), age].join(' · ');
}

function postFigures(record: PostRecord, entry: Entry, t: Translate, timeZone: string, now: number): ChipFigure[] {
  const counts = postCounts.flatMap((field) => {
    const value = record[field];
    if (value === null) return [];
    const text = formatCount(value, record.figures[field]?.precision ?? 'unknown', t.locale);
    return [{ label: t(`field_${field}`), text, note: noteOf(record, field, t, now) }];
  });
  if (record.created_at !== null) {
    const text = formatDay(record.created_at, timeZone, t.locale);
    return [...counts, { label: t('field_created_at'), text, note: '' }];
  }
  return [...counts, ...idTimeFigure(record.created_at_from_id ?? entry.idTime, t, timeZone)];
}

function productFigures(record: ProductRecord, t: Translate, now: number): ChipFigure[] {
  const figures: ChipFigure[] = [];
  if (record.price_minor !== null && record.currency) {
    const unit = record.price_unit_source === 'declared' ? '' : t('price_unit_not_declared');
    const text = formatMoney(record.price_minor, record.currency, t.locale);
    figures.push({
      label: t('field_price'),
      text,
      note: [noteOf(record, 'price_minor', t, now), unit].filter(Boolean).join(' · '),
    });
  } else if (record.price_text) {
    figures.push({ label: t('field_price'), text: record.price_text, note: t('chip_price_as_text') });
  }
  if (record.sold_count !== null) {
    const text = formatCount(record.sold_count, record.figures['sold_count']?.precision ?? 'unknown', t.locale);
    figures.push({ label: t('field_sold_count'), text, note: noteOf(record, 'sold_count', t, now) });
  }
  if (record.shop_score_product !== null) {
    figures.push({ label: t('field_shop_score_product'), text: String(record.shop_score_product), note: '' });
  }
  return figures;
}

/** The worded error of an entry: its own advice where it has one, else that of its code. */
export function errorText(error: NonNullable<Entry['error']>, t: Translate): string {
  const key = error.advice && t.has(error.advice) ? error.advice : `error_${error.code}`;
  return t(key, ...error.parameters);
}

function lineOf(entry: Entry, t: Translate, now: number): string {
  const { record, error } = entry;
  switch (entry.status) {
    case 'loading':
      return t('chip_loading', entry.providers.find((provider) => provider.hasKey)?.label ?? '');
    case 'error':
      return error ? errorText(error, t) : '';
    case 'no_key':
      return t('chip_no_key');
    case 'unsupported':
      return t('chip_unsupported');
    case 'none':
      return t('chip_not_asked');
    default:
      return record ? freshLine(entry, t, now) : '';
  }
}

function freshLine(entry: Entry, t: Translate, now: number): string {
  const { record } = entry;
  if (!record) return '';
  const from = t(
    'chip_source',
    record.api_provider ? sourceName(record.api_provider) : t('source_page'),
    formatAge(record.observed_at ?? record.fetched_at, now, t.locale),
  );
  const hasCounts = record.record_type !== 'post' || postCounts.some((field) => record[field] !== null);
  const missing = hasCounts ? '' : t('chip_no_counts');
  return [entry.status === 'stale' ? t('chip_stale') : '', missing, from].filter(Boolean).join(' ');
}
