/** What the chip on the page shows of an entry, in words. Made in the worker: the content script carries no dictionary. */
import { formatAge, formatCount, formatMoney } from '../analysis/format.ts';
import { type AnyRecord, type PostRecord, precisionOrder, type ProductRecord } from '../core/record.ts';
import { parseRefKey } from '../core/ref.ts';
import type { Translate } from '../i18n/index.ts';
import type { ChipModel, Entry } from '../messaging/protocol.ts';
import { providerById } from '../providers/index.ts';

const postCounts = ['view_count', 'like_count', 'comment_count', 'share_count', 'save_count'] as const;

/** Codes that only the options page can mend. */
const mendedInOptions = new Set(['auth', 'permission']);

/** Younger than this is "just now": the figures may still change while one reads them. */
const justNowMs = 60_000;

type ChipFigure = ChipModel['figures'][number];

/** The chip of an entry. `timeZone` is an IANA name, `now` Unix ms. */
export function chipModel(entry: Entry, t: Translate, timeZone: string, now: number): ChipModel {
  const { record } = entry;
  const source = record ? sourceOf(record, t) : null;
  return {
    ref: entry.ref,
    status: entry.status,
    ...headOf(entry, t),
    figures: figuresOf(entry, t, timeZone, now),
    line: lineOf(entry, t),
    ...(source ? { source } : {}),
    // With data from the page a key is no need any more, only a wish.
    ...((entry.status === 'no_key' && !record) || mendedInOptions.has(entry.error?.code ?? '')
      ? { toOptions: true }
      : {}),
  };
}

/** "Video · Greenhouse 22": what it is, and whose; of what was not looked up yet, where. */
function headOf({ ref, record }: Entry, t: Translate): { title: string; subtitle: string } {
  const parsed = parseRefKey(ref);
  const platform = t(`platform_${parsed?.platform ?? 'tiktok'}`);
  const kind = t(`kind_${parsed?.kind ?? 'post'}`);
  if (record?.record_type === 'post') {
    const title = record.post_type === 'unknown' ? kind : t(`post_type_${record.post_type}`);
    return { title, subtitle: record.author_name ?? record.author_handle ?? platform };
  }
  if (record?.record_type === 'product') return { title: kind, subtitle: record.shop_name ?? platform };
  return { title: kind, subtitle: platform };
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

/** `api:gateway` by the name that people know the provider by; the page's own blocks (`statsV2`) by theirs. */
export function sourceName(source: string, t: Translate): string {
  if (t.has(`source_${source}`)) return t(`source_${source}`);
  const id = source.replace(/^api:/u, '');
  const key = `provider_${id.replaceAll('-', '_')}_name`;
  return t.has(key) ? t(key) : (providerById(id)?.label ?? source);
}

function ageText(time: number, t: Translate, now: number): string {
  return now - time < justNowMs ? t('just_now') : formatAge(time, now, t.locale);
}

/** "exact · OneBound · 3 minutes ago": what makes a figure citable, in a breath. */
function noteOf(record: PostRecord | ProductRecord, field: string, t: Translate, now: number): string {
  const figure = record.figures[field];
  if (!figure) return '';
  const age = ageText(figure.observed_at ?? figure.fetched_at, t, now);
  return [t(`precision_${figure.precision}`), sourceName(figure.source, t), age].join(' · ');
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

function lineOf(entry: Entry, t: Translate): string {
  const { record, error } = entry;
  switch (entry.status) {
    case 'loading':
      return t('chip_loading', sourceName(entry.providers.find((provider) => provider.hasKey)?.id ?? '', t));
    case 'error':
      return error ? errorText(error, t) : '';
    case 'no_key':
      return record ? gapOf(record, t) : t('chip_no_key');
    case 'unsupported':
      return record ? gapOf(record, t) : t('chip_unsupported');
    case 'none':
      return record ? gapOf(record, t) : t('chip_not_asked');
    default:
      return record
        ? [entry.status === 'stale' ? t('chip_stale') : '', gapOf(record, t)].filter(Boolean).join(' ')
        : '';
  }
}

/** What a reader would miss, or misread, of a record that is there. */
function gapOf(record: AnyRecord, t: Translate): string {
  if (record.availability !== 'ok' && record.availability !== 'unknown')
    return t(`availability_${record.availability}`);
  if (record.record_type === 'post' && postCounts.every((field) => record[field] === null)) {
    return t('chip_no_counts', record.api_provider ? sourceName(record.api_provider, t) : t('source_page'));
  }
  if (record.record_type === 'product' && record.price_minor !== null && record.price_unit_source !== 'declared') {
    return t('chip_price_unit');
  }
  return '';
}

/** "From the page · rounded": the source, and the precision where it is known; of several, the worst. */
function sourceOf(record: AnyRecord, t: Translate): ChipModel['source'] {
  const name = record.api_provider ? sourceName(record.api_provider, t) : t('source_page');
  const counted = new Set(postCounts.flatMap((field) => record.figures[field]?.precision ?? []));
  const worst = [...precisionOrder].reverse().find((precision) => counted.has(precision));
  return {
    text: [t('chip_source', name), worst && worst !== 'unknown' ? t(`precision_${worst}`) : '']
      .filter(Boolean)
      .join(' · '),
    at: record.observed_at ?? record.fetched_at,
  };
}
