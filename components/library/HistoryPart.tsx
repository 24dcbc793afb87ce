import { useMemo } from 'preact/hooks';
import type { AnyRecord } from '../../lib/core/record.ts';
import type { HistoryPoint, LibraryColumn, LibraryDetail } from '../../lib/messaging/protocol.ts';
import { useTimeZone, useTranslate } from '../hooks.tsx';
import { CopyButton, Disclosure, Notice } from '../parts/basics.tsx';
import { Time } from '../parts/Time.tsx';
import { countText, currencyOf, minuteText, missingMark, moneyText, ratioText, shortCount } from './cell-text.ts';
import { endsOf, hasChanged, linesBySource } from './chart-data.ts';
import { columnLabel, originName } from './column-words.ts';
import { LineChart } from './LineChart.tsx';

/** A value of a history in its column's own writing. */
export function figureWriter(record: AnyRecord, name: string, locale: string): (value: number) => string {
  const currency = currencyOf(record);
  if (name.endsWith('_minor')) return (value) => moneyText(value, currency, locale);
  return (value) => (Number.isInteger(value) ? countText(value, locale) : ratioText(value, locale));
}

/** The same for an axis. */
export function axisWriter(record: AnyRecord, name: string, locale: string): (value: number) => string {
  return name.endsWith('_minor') ? figureWriter(record, name, locale) : (value) => shortCount(value, locale);
}

/** How often a thing was looked at, and since when. */
export function ObservedLine(props: { detail: LibraryDetail }) {
  const t = useTranslate();
  const { observations } = props.detail;
  const own = observations.filter(({ record }) => record.record_type !== 'sku');
  const [first] = own;
  if (!first) return null;
  return (
    <p class="small quiet number" data-testid="observed-since">
      {own.length === 1 ? t('library_observed_once') : t('library_observed_since', countText(own.length, t.locale))}{' '}
      <Time at={first.observed_at} />
    </p>
  );
}

/** One small chart for each figure that changed; the others in a line. */
export function HistoryPart(props: { detail: LibraryDetail; columns: readonly LibraryColumn[] }) {
  const t = useTranslate();
  const { detail, columns } = props;
  const byName = useMemo(() => new Map(columns.map((column) => [column.name, column])), [columns]);
  const order = [...columns.map(({ name }) => name), ...Object.keys(detail.history)];
  const figures = [...new Set(order)].flatMap((name) => {
    const points = detail.history[name];
    return points && points.some(({ value }) => value !== null) ? [{ name, points }] : [];
  });
  const label = (name: string) => labelOf(t, byName, name, detail.record);
  const changed = figures.filter(({ points }) => hasChanged(points));
  const same = figures.filter(({ points }) => !hasChanged(points));
  return (
    <div class="stack" data-testid="history">
      {changed.length === 0 && (
        <Notice title={t('library_history_none_title')} testid="history-none">
          <p>{t('library_history_none_text')}</p>
        </Notice>
      )}
      {changed.map(({ name, points }) => (
        <FigureHistory key={name} name={name} label={label(name)} points={points} record={detail.record} />
      ))}
      {same.length > 0 && (
        <section class="card stack">
          <h3 class="section-title">{t('library_history_same')}</h3>
          <dl class="facts">
            {same.map(({ name, points }) => (
              <SameFigure key={name} name={name} label={label(name)} points={points} record={detail.record} />
            ))}
          </dl>
        </section>
      )}
    </div>
  );
}

/** What a figure of a history is called. */
export function labelOf(
  t: ReturnType<typeof useTranslate>,
  columns: ReadonlyMap<string, LibraryColumn>,
  name: string,
  record: AnyRecord,
): string {
  const column = columns.get(name) ?? { name, description: { en: name, zh_CN: name } };
  return columnLabel(t, column, record.record_type);
}

function SameFigure(props: { name: string; label: string; points: readonly HistoryPoint[]; record: AnyRecord }) {
  const t = useTranslate();
  const { points } = props;
  const value = endsOf(points)?.last.value ?? null;
  return (
    <>
      <dt>{props.label}</dt>
      <dd class="number">
        {value === null ? missingMark : figureWriter(props.record, props.name, t.locale)(value)}{' '}
        <span class="quiet small">
          {t('library_times', countText(points.filter((point) => point.value !== null).length, t.locale))}
        </span>
      </dd>
    </>
  );
}

function FigureHistory(props: { name: string; label: string; points: readonly HistoryPoint[]; record: AnyRecord }) {
  const t = useTranslate();
  const zone = useTimeZone();
  const { name, points, record, label } = props;
  const write = figureWriter(record, name, t.locale);
  const lines = useMemo(() => linesBySource(points, (source) => originName(t, source)), [points, t]);
  const ends = endsOf(points);
  const summary = ends
    ? t(
        'library_chart_label',
        label,
        write(ends.first.value ?? 0),
        write(ends.last.value ?? 0),
        minuteText(ends.first.at, zone),
        minuteText(ends.last.at, zone),
      )
    : label;
  return (
    <section class="card stack figure-history" aria-label={label} data-testid={`history-${name}`}>
      <div class="row spread tight">
        <h3 class="section-title">{label}</h3>
        {ends && (
          <span class="number small">
            {write(ends.first.value ?? 0)} → <b>{write(ends.last.value ?? 0)}</b>
          </span>
        )}
      </div>
      <LineChart
        label={summary}
        lines={lines}
        format={write}
        formatAxis={axisWriter(record, name, t.locale)}
        testid={`chart-${name}`}
      />
      <HistoryTable label={label} points={points} write={write} />
    </section>
  );
}

/** The same as a table: for screen readers, and to be copied. */
export function HistoryTable(props: {
  label: string;
  points: readonly (HistoryPoint & { readonly of?: string })[];
  write: (value: number) => string;
}) {
  const t = useTranslate();
  const zone = useTimeZone();
  const { points } = props;
  const named = points.some(({ of }) => of !== undefined);
  const rows = [...points].reverse();
  const copied = () =>
    [
      [...(named ? ['item'] : []), 'observed_at_utc', 'value', 'precision', 'source'],
      ...points.map(({ at, value, precision, source, of }) => [
        ...(named ? [of ?? ''] : []),
        new Date(at).toISOString(),
        value === null ? '' : String(value),
        precision ?? '',
        source,
      ]),
    ]
      .map((cells) => cells.join('\t'))
      .join('\n');
  return (
    <Disclosure quiet summary={<span class="small">{t('library_as_table')}</span>} testid="history-table">
      <div class="stack">
        <div class="table-scroll">
          <table class="plain-table small" aria-label={props.label}>
            <thead>
              <tr>
                {named && <th scope="col">{t('library_item')}</th>}
                <th scope="col">{t('field_observed_at')}</th>
                <th scope="col" class="end">
                  {props.label}
                </th>
                <th scope="col">{t('library_precision')}</th>
                <th scope="col">{t('provenance_source')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ at, value, precision, source, of }, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- two looks may be alike in all that is known
                <tr key={index}>
                  {named && <td class="user-text">{of}</td>}
                  <td class="number">{minuteText(at, zone)}</td>
                  <td class="number end" title={value === null ? t('missing_not_in_response') : undefined}>
                    {value === null ? missingMark : props.write(value)}
                  </td>
                  <td>{precision ? t(`precision_${precision}`) : missingMark}</td>
                  <td>{originName(t, source)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <div>
          <CopyButton text={copied} label={t('library_copy_table')} compact testid="copy-history" />
        </div>
      </div>
    </Disclosure>
  );
}
