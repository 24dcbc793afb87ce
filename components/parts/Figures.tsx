import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { formatCount } from '../../lib/analysis/format.ts';
import type { AnyRecord, FigureNote } from '../../lib/core/record.ts';
import type { FigureDifference } from '../../lib/messaging/protocol.ts';
import { useNow, useTranslate } from '../hooks.tsx';
import { ageText, exactTime, missingText, noteText, precisionText, sourceName } from '../show.ts';
import { Disclosure } from './basics.tsx';
import { DifferenceMark, DifferenceTable } from './Differences.tsx';
import { Time } from './Time.tsx';

/** One figure, by the name of its field. */
export interface Figure {
  readonly field: string;
  readonly value: number | null;
  /** How it is written, where it is not a count. */
  readonly text?: string | undefined;
}

/** Characters that fit into a narrow cell. */
const longNumber = 7;

/** The figures of these fields; `optional` ones only where the source gave them. */
export function figuresOf(record: AnyRecord, always: readonly string[], optional: readonly string[]): Figure[] {
  const values = new Map(Object.entries(record));
  const figure = (field: string): Figure => {
    const value: unknown = values.get(field);
    return { field, value: typeof value === 'number' ? value : null };
  };
  return [...always.map(figure), ...optional.map(figure).filter(({ value }) => value !== null)];
}

/**
 * Figures side by side. What all have in common (precision, source, time) is said once below them; where they differ,
 * each says its own. The table of all of it is one click away, and so is what sources say that differ on a figure.
 */
export function FigureGrid(props: {
  record: AnyRecord;
  figures: readonly Figure[];
  label: string;
  differences?: readonly FigureDifference[] | undefined;
}) {
  const t = useTranslate();
  const now = useNow();
  const id = useId();
  const [opened, setOpened] = useState<string | null>(null);
  const { record, figures, differences = [] } = props;
  const shown = differences.find(({ field }) => field === opened && figures.some((figure) => figure.field === field));
  const notes = figures.flatMap(({ field, value }) =>
    value !== null && record.figures[field] ? [record.figures[field]] : [],
  );
  const alike = notes.length > 0 && notes.every((note) => isAlike(note, notes[0]));
  const samePrecision = notes.every((note) => note.precision === 'exact');
  if (figures.every(({ value }) => value === null)) return <NoFigures record={record} figures={figures} />;
  return (
    <div class="stack">
      <dl class={alike ? 'figure-grid' : 'figure-grid roomy'} aria-label={props.label} data-testid="figures">
        {figures.map((figure) => (
          <FigureCell
            key={figure.field}
            record={record}
            figure={figure}
            own={!alike}
            plainPrecision={samePrecision}
            now={now}
          >
            {differences.some(({ field }) => field === figure.field) && (
              <DifferenceMark
                field={figure.field}
                open={shown?.field === figure.field}
                controls={id}
                onToggle={() => setOpened(opened === figure.field ? null : figure.field)}
              />
            )}
          </FigureCell>
        ))}
      </dl>
      {shown && <DifferenceTable id={id} difference={shown} />}
      {notes.length > 0 && (
        <Disclosure
          quiet
          testid="figure-sources"
          summary={
            alike && notes[0] ? (
              <span class="small">{noteText(t, notes[0], now, samePrecision)}</span>
            ) : (
              <span class="small">{t('figures_sources_differ')}</span>
            )
          }
        >
          <FigureTable record={record} figures={figures} />
        </Disclosure>
      )}
    </div>
  );
}

/** All of them are missing: said once, with the reason, instead of in each cell. */
function NoFigures(props: { record: AnyRecord; figures: readonly Figure[] }) {
  const t = useTranslate();
  const reasons = new Map<string, string[]>();
  for (const { field } of props.figures) {
    const reason = missingText(t, props.record, field);
    reasons.set(reason, [...(reasons.get(reason) ?? []), t(`field_${field}`)]);
  }
  return (
    <div class="figures-none" data-testid="figures">
      <p>{t('figures_none_title')}</p>
      {[...reasons].map(([reason, names]) => (
        <p class="small quiet" key={reason}>
          {t('figures_none_text', names.join(t('list_separator')), reason)}
        </p>
      ))}
    </div>
  );
}

function FigureCell(props: {
  record: AnyRecord;
  figure: Figure;
  own: boolean;
  plainPrecision: boolean;
  now: number;
  /** The mark of a difference. */
  children?: ComponentChildren;
}) {
  const t = useTranslate();
  const { record, figure, now } = props;
  const note = record.figures[figure.field];
  if (figure.value === null) {
    return (
      <Cell field={figure.field} label={t(`field_${figure.field}`)} absent>
        <dd class="figure-value">
          <span aria-hidden="true">—</span>
          <span class="unseen">{t('figure_unknown')}</span>
        </dd>
        <dd class="figure-note">{missingText(t, record, figure.field)}</dd>
      </Cell>
    );
  }
  const precision = note && note.precision !== 'exact' ? precisionText(t, note) : null;
  const remark = [
    precision,
    props.own && note ? `${sourceName(t, note.source)} · ${ageText(t, exactTime(note), now)}` : null,
  ]
    .filter(Boolean)
    .join(' · ');
  const text = figure.text ?? formatCount(figure.value, note?.precision ?? null, t.locale);
  return (
    <Cell
      field={figure.field}
      label={t(`field_${figure.field}`)}
      title={note && noteText(t, note, now, true)}
      wide={text.length > longNumber}
    >
      <dd class="figure-value number">
        {text}
        {props.children}
      </dd>
      {remark && <dd class="figure-note">{remark}</dd>}
    </Cell>
  );
}

function Cell(props: {
  field: string;
  label: string;
  absent?: boolean;
  wide?: boolean;
  title?: string | undefined;
  children: ComponentChildren;
}) {
  return (
    <div
      class={`figure ${props.absent ? 'absent' : ''} ${props.wide ? 'wide' : ''}`}
      title={props.title}
      data-testid={`figure-${props.field}`}
    >
      <dt>{props.label}</dt>
      {props.children}
    </div>
  );
}

function FigureTable(props: { record: AnyRecord; figures: readonly Figure[] }) {
  const t = useTranslate();
  const rows = props.figures.flatMap((figure) => {
    const note = props.record.figures[figure.field];
    return note && figure.value !== null ? [{ figure, note }] : [];
  });
  return (
    <ul class="figure-table small">
      {rows.map(({ figure, note }) => (
        <li key={figure.field}>
          <span class="figure-table-name">{t(`field_${figure.field}`)}</span>
          <span class="number mono">{figure.text ?? figure.value}</span>
          <span class="quiet">
            {precisionText(t, note)} · {sourceName(t, note.source)}
          </span>
          <span class="quiet">
            {note.observed_at === null ? t('figure_fetched') : t('figure_observed')} <Time at={exactTime(note)} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Of the same source within a minute (ms): a page hands on the same answer as a block and as what it loads. */
const sameMomentMs = 60_000;

function isAlike(note: FigureNote, other: FigureNote | undefined): boolean {
  return note.source === other?.source && Math.abs(exactTime(note) - exactTime(other)) < sameMomentMs;
}
