import { useId, useState } from 'preact/hooks';
import { formatCount, formatMoney } from '../../lib/analysis/format.ts';
import type { FigureDifference, FigureReading } from '../../lib/messaging/protocol.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import { useTranslate } from '../hooks.tsx';
import { sourceName } from '../show.ts';
import { Icon } from './Icon.tsx';
import { Time } from './Time.tsx';

/** The small mark on a figure on which sources differ; pressing it shows what each of them said. */
export function DifferenceMark(props: { field: string; open: boolean; controls: string; onToggle: () => void }) {
  const t = useTranslate();
  const label = t('differences_mark', t(`field_${props.field}`));
  return (
    <button
      type="button"
      class="difference-mark"
      aria-label={label}
      title={label}
      aria-expanded={props.open}
      aria-controls={props.open ? props.controls : undefined}
      data-testid={`differs-${props.field}`}
      onClick={props.onToggle}
    >
      <Icon name="differs" />
    </button>
  );
}

/** What each source said of a figure, newest first. */
export function DifferenceTable(props: { id: string; difference: FigureDifference }) {
  const t = useTranslate();
  const { field, readings } = props.difference;
  return (
    <section
      id={props.id}
      class="difference-table small"
      aria-label={t('differences_mark', t(`field_${field}`))}
      data-testid="difference"
    >
      <p class="difference-title">{t('differences_title', t(`field_${field}`))}</p>
      <ul class="figure-table">
        {readings.map((reading) => (
          <li key={reading.source}>
            <span class="figure-table-name">{sourceName(t, reading.source)}</span>
            <span class="number mono">{readingText(t, field, reading)}</span>
            <span class="quiet">
              {t(`precision_${reading.precision}`)} · <Time at={reading.observedAt} withAge />
            </span>
          </li>
        ))}
      </ul>
      <p class="quiet">{t('differences_help')}</p>
    </section>
  );
}

/** A mark with its table, for a figure that stands in no grid. */
export function DifferenceNote(props: { difference: FigureDifference }) {
  const t = useTranslate();
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <div class="difference-note">
      <p class="row tight small quiet">
        <DifferenceMark field={props.difference.field} open={open} controls={id} onToggle={() => setOpen(!open)} />
        {t('differences_mark', t(`field_${props.difference.field}`))}
      </p>
      {open && <DifferenceTable id={id} difference={props.difference} />}
    </div>
  );
}

function readingText(t: Translate, field: string, { value, precision, currency }: FigureReading): string {
  if (!field.endsWith('_minor')) return formatCount(value, precision, t.locale);
  // Minor units without a currency have no known decimals: shown as they came.
  return currency ? formatMoney(value, currency, t.locale) : String(value);
}
