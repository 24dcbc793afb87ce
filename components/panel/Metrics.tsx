import { formatRatio } from '../../lib/analysis/format.ts';
import { type Metric, metrics } from '../../lib/analysis/metrics.ts';
import type { PostRecord } from '../../lib/core/record.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import { useNow, useTranslate } from '../hooks.tsx';
import { Disclosure } from '../parts/basics.tsx';

/** So many stand open; the rest is one click away. */
const openMetrics = 4;

/** The derived figures with their formulae, and which of them cannot be computed here and why. */
export function Metrics(props: { record: PostRecord }) {
  const t = useTranslate();
  const now = useNow();
  const { record } = props;
  const computed = metrics.map((metric) => ({ metric, value: metric.compute(record, now) }));
  const known = computed.flatMap(({ metric, value }) => (value === null ? [] : [{ metric, value }]));
  const unknown = computed.filter(({ value }) => value === null).map(({ metric }) => metric);
  if (known.length === 0 && record.like_count === null && record.view_count === null) return null;
  return (
    <section class="card stack" aria-label={t('metrics_title')} data-testid="metrics">
      <h2 class="section-title">{t('metrics_title')}</h2>
      {known.length > 0 && <MetricRows record={record} known={known.slice(0, openMetrics)} />}
      {known.length > openMetrics && (
        <Disclosure summary={t('metrics_more', known.length - openMetrics)} testid="more-metrics">
          <MetricRows record={record} known={known.slice(openMetrics)} />
        </Disclosure>
      )}
      {unknown.length > 0 && (
        <Disclosure summary={t('metrics_not_computable', unknown.length)} testid="unknown-metrics">
          <ul class="stack small">
            {unknown.map((metric) => (
              <li key={metric.name}>
                {metric.description[t.language]}
                <p class="quiet">
                  <span class="mono">{metric.name}</span> – {whyNot(t, record, metric)}
                </p>
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </section>
  );
}

function MetricRows(props: { record: PostRecord; known: readonly { metric: Metric; value: number }[] }) {
  const t = useTranslate();
  return (
    <ul class="metric-rows">
      {props.known.map(({ metric, value }) => (
        <li key={metric.name} data-testid={`metric-${metric.name}`}>
          <p class="metric-line">
            <span title={metric.description[t.language]}>{titleOf(metric.description[t.language])}</span>
            <span class="metric-value number">
              {isExact(props.record, metric) ? '' : '≈'}
              {isShare(metric) && value < 1 ? percent(t, value) : formatRatio(value, t.locale)}
            </span>
          </p>
          {isRatio(metric) && metric.inputs.length > 2 && <p class="metric-formula">{formulaInWords(t, metric)}</p>}
          <p class="metric-formula mono">
            {metric.name}
            {isShare(metric) && value < 1 && ` = ${formatRatio(value, t.locale, 6)}`}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** What stands before the explanation: "Engagement rate by views". */
function titleOf(description: string): string {
  return description.split(/[:：。]|\.(?:\s|$)/u, 1)[0] ?? description;
}

/** Computed from figures alone, so that the formula can be said in words. */
function isRatio(metric: Metric): boolean {
  return /^[a-z_ ()+/×\d]+$/u.test(metric.formula) && !metric.formula.includes(' from ');
}

/** A part of something, not so many for each thousand or hour. */
function isShare(metric: Metric): boolean {
  return isRatio(metric) && !metric.formula.includes('×');
}

/** "(Likes + Comments) ÷ Views". */
function formulaInWords(t: Translate, metric: Metric): string {
  return metric.formula
    .replaceAll(/[a-z][a-z_]+/gu, (field) => (t.has(`field_${field}`) ? t(`field_${field}`) : field))
    .replaceAll('/', '÷');
}

function percent(t: Translate, value: number): string {
  return new Intl.NumberFormat(t.locale, { style: 'percent', maximumFractionDigits: 2 }).format(value);
}

/** A metric is no more exact than the least exact of its inputs. */
function isExact(record: PostRecord, metric: Metric): boolean {
  return metric.inputs.every((input) => (record.figures[input]?.precision ?? 'exact') === 'exact');
}

function whyNot(t: Translate, record: PostRecord, metric: Metric): string {
  const missing = metric.inputs.filter((input) => record[input] === null).map((input) => t(`field_${input}`));
  if (missing.length > 0) return t('metric_needs', missing.join(t('list_separator')));
  return t('metric_undefined');
}
