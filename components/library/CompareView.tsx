import { useMemo, useState } from 'preact/hooks';
import type { RefKey } from '../../lib/core/ref.ts';
import type { CompareReport, LibraryColumn, LibraryDetail } from '../../lib/messaging/protocol.ts';
import { useTranslate } from '../hooks.tsx';
import { bylineOf, nameOf } from '../panel/names.ts';
import { CopyButton, Notice, OutsideLink } from '../parts/basics.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Icon } from '../parts/Icon.tsx';
import { cellText, countText, currencyOf, minuteText, missingMark, type Writing } from './cell-text.ts';
import { hasChanged, type Line } from './chart-data.ts';
import { columnHelp, columnLabel } from './column-words.ts';
import { axisWriter, figureWriter, HistoryTable, labelOf, ObservedLine } from './HistoryPart.tsx';
import { LineChart } from './LineChart.tsx';
import { formatRoute } from './route.ts';
import { IndexProgress } from './IndexProgress.tsx';
import { useColumns, useReport } from './service.tsx';
import { useWriting } from './use-writing.ts';
import { useWorkspace } from './workspace.tsx';

/** Two to ten posts, or products, side by side, with their histories over one another. */
export function CompareView(props: { refs: readonly RefKey[] }) {
  const t = useTranslate();
  const { go } = useWorkspace();
  const { refs } = props;
  const enough = refs.length >= 2;
  const report = useReport<CompareReport>(enough ? `compare ${refs.join(' ')}` : null, (service) =>
    service.compare(refs),
  );
  if (!enough) {
    return (
      <div class="report-frame" data-testid="compare-view">
        <Notice icon="compare" title={t('library_compare_title')} testid="compare-none">
          <p>{t('library_compare_text')}</p>
          <div class="row">
            <button type="button" class="button" onClick={() => go({ view: 'records', type: 'post', open: null })}>
              {t('kinds_post')}
            </button>
            <button type="button" class="button" onClick={() => go({ view: 'records', type: 'product', open: null })}>
              {t('kinds_product')}
            </button>
          </div>
        </Notice>
      </div>
    );
  }
  return (
    <div class="report-frame" data-testid="compare-view">
      <IndexProgress />
      {report.error && <ErrorNotice error={report.error} onRetry={report.reload} />}
      {report.value ? (
        <Comparison report={report.value} refs={refs} />
      ) : (
        report.loading && <div class="skeleton report-skeleton" />
      )}
    </div>
  );
}

function Comparison(props: { report: CompareReport; refs: readonly RefKey[] }) {
  const t = useTranslate();
  const writing = useWriting();
  const { go } = useWorkspace();
  const { items, rows } = props.report;
  const isProducts = items[0]?.record.record_type === 'product';
  const copied = () => {
    const head = ['', ...items.map(({ ref }) => ref)];
    const body = rows.map(({ column, values }) => [column.name, ...values.map((value) => String(value ?? ''))]);
    return [head, ...body].map((cells) => cells.join('\t')).join('\n');
  };
  return (
    <>
      <div class="row spread">
        <h2>{t(isProducts ? 'library_product_report' : 'library_compare_posts')}</h2>
        <CopyButton text={copied} label={t('library_copy_table')} compact testid="compare-copy" />
      </div>
      <HistoryOverlay items={items} />
      <section class="card">
        <div class="table-scroll">
          <table class="compare-table" data-testid="compare-table" aria-label={t('library_compare')}>
            <thead>
              <tr>
                <td />
                {items.map((item, index) => (
                  <th scope="col" key={item.ref}>
                    <CompareHead
                      item={item}
                      place={index}
                      onRemove={() => go({ view: 'compare', refs: props.refs.filter((ref) => ref !== item.ref) }, true)}
                    />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {isProducts && <ProductFacts items={items} />}
              <tr>
                <th scope="row">{t('library_observed')}</th>
                {items.map((item) => (
                  <td key={item.ref}>
                    <ObservedLine detail={item} />
                  </td>
                ))}
              </tr>
              {!isProducts && (
                <tr>
                  <th scope="row">{t('field_created_at')}</th>
                  {items.map(({ ref, record }) => {
                    const at = record.record_type === 'post' ? record.created_at : null;
                    return (
                      <td key={ref} class="number">
                        {at === null ? missingMark : minuteText(at, writing.zone)}
                      </td>
                    );
                  })}
                </tr>
              )}
              {rows.map((row) => (
                <CompareRow key={row.column.name} row={row} items={items} writing={writing} />
              ))}
            </tbody>
          </table>
        </div>
      </section>
      {new Set(items.map(({ record }) => record.platform)).size > 1 && (
        <p class="small quiet">{t('library_compare_platforms')}</p>
      )}
    </>
  );
}

function CompareHead(props: { item: LibraryDetail; place: number; onRemove: () => void }) {
  const t = useTranslate();
  const { item } = props;
  const { record, ref, url } = item;
  const name = nameOf(ref, record);
  const byline = bylineOf(record);
  return (
    <div class="compare-head">
      <span class="compare-letter" data-place={props.place}>
        {letterOf(props.place)}
      </span>
      <a
        class="compare-name user-text"
        href={formatRoute({ view: 'records', type: record.record_type, open: ref })}
        title={name}
        dir="auto"
      >
        {name}
      </a>
      <p class="small quiet">
        {byline && <bdi class="user-text">{byline} · </bdi>}
        {t(`platform_${record.platform}`)}
      </p>
      <span class="row nowrap">
        {url && (
          <OutsideLink href={url}>
            <Icon name="external" />
            <span class="unseen">{t('action_open_item')}</span>
          </OutsideLink>
        )}
        <button
          type="button"
          class="button compact icon-only plain"
          title={t('library_compare_remove', letterOf(props.place))}
          aria-label={t('library_compare_remove', letterOf(props.place))}
          onClick={props.onRemove}
        >
          <Icon name="close" />
        </button>
      </span>
    </div>
  );
}

/** A, B, C … as charts and headings call them. */
function letterOf(place: number): string {
  return String.fromCodePoint(65 + place);
}

function CompareRow(props: { row: CompareReport['rows'][number]; items: readonly LibraryDetail[]; writing: Writing }) {
  const { row, items, writing } = props;
  const { t } = writing;
  const type = items[0]?.record.record_type;
  return (
    <tr data-testid={`compare-${row.column.name}`}>
      <th scope="row" title={columnHelp(t, row.column)}>
        {columnLabel(t, row.column, type)}
      </th>
      {items.map((item, index) => {
        const value = row.values[index] ?? null;
        const shown = cellText(writing, row.column, {
          ref: item.ref,
          record: item.record,
          values: { [row.column.name]: value },
          observationCount: item.observations.length,
          tags: item.tags,
          hasNote: item.note !== '',
        });
        const leads = row.highest === index;
        return (
          <td key={item.ref} class={leads ? 'number highest' : 'number'} title={shown.title}>
            {shown.text}
            {leads && <span class="unseen"> ({t('library_highest')})</span>}
          </td>
        );
      })}
    </tr>
  );
}

/** What a product report says besides figures. */
function ProductFacts(props: { items: readonly LibraryDetail[] }) {
  const t = useTranslate();
  const rows: readonly (readonly [string, (item: LibraryDetail) => string | null])[] = [
    ['field_shop', ({ record }) => (record.record_type === 'product' ? record.shop_name : null)],
    ['field_brand', ({ record }) => (record.record_type === 'product' ? record.brand : null)],
    [
      'field_category',
      ({ record }) =>
        record.record_type === 'product'
          ? [record.category_l1, record.category_l2, record.category_l3].filter(Boolean).join(' › ') || null
          : null,
    ],
    [
      'field_listing_status',
      ({ record }) =>
        record.record_type === 'product' && record.listing_status !== 'unknown'
          ? t(`listing_status_${record.listing_status}`)
          : null,
    ],
    ['field_sku_count', ({ skus }) => (skus.length > 0 ? countText(skus.length, t.locale) : null)],
  ];
  return (
    <>
      {rows.map(([label, value]) => {
        const values = props.items.map((item) => ({ ref: item.ref, text: value(item) }));
        if (values.every(({ text }) => text === null)) return null;
        return (
          <tr key={label}>
            <th scope="row">{t(label)}</th>
            {values.map(({ ref, text }) => (
              <td key={ref} class="user-text">
                {text ?? <span title={t('figure_unknown')}>{missingMark}</span>}
              </td>
            ))}
          </tr>
        );
      })}
    </>
  );
}

/** Figures whose histories can be laid over one another: those that changed for at least one, prices of one currency. */
function HistoryOverlay(props: { items: readonly LibraryDetail[] }) {
  const t = useTranslate();
  const { items } = props;
  const type = items[0]?.record.record_type ?? 'post';
  const columns = useColumns(type);
  const byName = useMemo(() => new Map(columns.map((column) => [column.name, column])), [columns]);
  const names = useMemo(() => overlayNames(items, columns), [items, columns]);
  const [chosen, setChosen] = useState<string | null>(null);
  const name = chosen !== null && names.includes(chosen) ? chosen : names[0];
  if (!name) return <p class="small quiet">{t('library_overlay_none')}</p>;
  return (
    <section class="card stack" data-testid="overlay">
      <div class="row spread">
        <h3 class="section-title">{t('library_overlay')}</h3>
        <select
          class="input overlay-choice"
          aria-label={t('library_overlay_choose')}
          value={name}
          data-testid="overlay-choice"
          onChange={(event) => setChosen(event.currentTarget.value)}
        >
          {names.map((option) => (
            <option key={option} value={option}>
              {items[0] ? labelOf(t, byName, option, items[0].record) : option}
            </option>
          ))}
        </select>
      </div>
      <Overlays name={name} items={items} columns={byName} />
    </section>
  );
}

function overlayNames(items: readonly LibraryDetail[], columns: readonly LibraryColumn[]): readonly string[] {
  const changed = new Set(
    items.flatMap(({ history }) =>
      Object.entries(history).flatMap(([name, points]) => (hasChanged(points) ? [name] : [])),
    ),
  );
  const order = columns.map(({ name }) => name);
  const rank = (name: string) => (name === 'price_minor' ? -1 : order.indexOf(name));
  return [...changed].sort((a, b) => rank(a) - rank(b));
}

/** One chart; of prices one for each currency. */
function Overlays(props: {
  name: string;
  items: readonly LibraryDetail[];
  columns: ReadonlyMap<string, LibraryColumn>;
}) {
  const t = useTranslate();
  const { name, items } = props;
  const groups = useMemo(() => {
    const placed = items.map((item, place) => ({ item, place }));
    const byUnit = Map.groupBy(placed, ({ item }) => (name.endsWith('_minor') ? currencyOf(item.record) : ''));
    return [...byUnit].map(([unit, members]) => ({
      unit,
      members,
      lines: members.flatMap(({ item, place }): Line[] => {
        const points = item.history[name] ?? [];
        return points.length === 0 ? [] : [{ label: letterOf(place), points, colour: place }];
      }),
      points: members.flatMap(({ item, place }) =>
        (item.history[name] ?? []).map((point) => ({ ...point, of: letterOf(place) })),
      ),
    }));
  }, [items, name]);
  return (
    <>
      {groups.map(({ unit, members, lines, points }) => {
        const record = members[0]?.item.record;
        if (!record || lines.length === 0) return null;
        const label = labelOf(t, props.columns, name, record);
        const title = groups.length > 1 && unit ? `${label} (${unit})` : label;
        const ordered = [...points].sort((a, b) => a.at - b.at);
        return (
          <div key={unit} class="stack">
            <LineChart
              label={t('library_overlay_label', title, lines.map((line) => line.label).join(t('list_separator')))}
              lines={lines}
              format={figureWriter(record, name, t.locale)}
              formatAxis={axisWriter(record, name, t.locale)}
              height={220}
              named
              testid={`overlay-${name}`}
            />
            <HistoryTable label={title} points={ordered} write={figureWriter(record, name, t.locale)} />
          </div>
        );
      })}
    </>
  );
}
