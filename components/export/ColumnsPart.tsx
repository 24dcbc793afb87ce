import { useId, useMemo, useState } from 'preact/hooks';
import type { TableId } from '../../lib/core/export-choices.ts';
import { isExportedByDefault } from '../../lib/exporters/columns.ts';
import type { ColumnInfo } from '../../lib/exporters/columns/column.ts';
import { columnsOfTable } from '../../lib/exporters/tables.ts';
import type { ExportPreview } from '../../lib/messaging/protocol.ts';
import { useTranslate } from '../hooks.tsx';
import { Disclosure } from '../parts/basics.tsx';
import { ColumnSearch } from '../parts/ColumnSearch.tsx';
import { Icon } from '../parts/Icon.tsx';
import { chooseColumns, chosenColumns, closedBy, moveColumn, toggleColumn, usualColumns } from './choices.ts';
import type { PartProps } from './ExportOptions.tsx';
import { TableChoice } from './TableChoice.tsx';

/** Which columns of a table are written, in which order, and what each of them is. */
export function ColumnsPart(
  props: PartProps & { table: TableId; preview: ExportPreview; onTable: (table: TableId) => void },
) {
  const t = useTranslate();
  const { choices, table } = props;
  const all = columnsOfTable(table);
  const chosen = chosenColumns(choices, table);
  const written = all.filter(({ name }) => chosen.includes(name)).filter((one) => !closedBy(one, table, choices));
  return (
    <Disclosure summary={t('export_columns', t(`kinds_${table}`), written.length, all.length)} testid="export-columns">
      <div class="stack">
        <TableChoice choices={choices} preview={props.preview} onTable={props.onTable} testid="export-columns-table" />
        <ColumnList {...props} all={all} chosen={chosen} />
      </div>
    </Disclosure>
  );
}

function ColumnList(props: PartProps & { table: TableId; all: readonly ColumnInfo[]; chosen: readonly string[] }) {
  const t = useTranslate();
  const { choices, onChange, table, all, chosen } = props;
  const [search, setSearch] = useState('');
  const listed = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    const order = new Map(chosen.map((name, index) => [name, index]));
    return all
      .filter(({ name, description }) =>
        [name, description[t.language]].some((text) => text.toLowerCase().includes(wanted)),
      )
      .toSorted((a, b) => (order.get(a.name) ?? Infinity) - (order.get(b.name) ?? Infinity) || 0);
  }, [all, chosen, search, t]);
  return (
    <div class="stack">
      <ul class="small quiet">
        {(['personal', 'off', 'text'] as const).map((mark) => (
          <li key={mark}>
            {signs[mark]} {t(`export_mark_${mark}`)}
          </li>
        ))}
      </ul>
      <ColumnSearch testId="export-columns-search" value={search} onInput={setSearch} />
      <ul class="export-columns">
        {listed.map((column) => (
          <ColumnItem key={column.name} {...props} column={column} place={chosen.indexOf(column.name)} />
        ))}
        {listed.length === 0 && <li class="quiet small">{t('library_columns_none')}</li>}
      </ul>
      <div class="row tight">
        <button
          type="button"
          class="button compact plain"
          data-testid="export-columns-usual"
          onClick={() => onChange(chooseColumns(choices, table, usualColumns(table)))}
        >
          {t('export_columns_usual')}
        </button>
        <button
          type="button"
          class="button compact plain"
          data-testid="export-columns-all"
          onClick={() =>
            onChange(
              chooseColumns(
                choices,
                table,
                all.map(({ name }) => name),
              ),
            )
          }
        >
          {t('export_columns_all')}
        </button>
      </div>
    </div>
  );
}

function ColumnItem(
  props: PartProps & { table: TableId; column: ColumnInfo; chosen: readonly string[]; place: number },
) {
  const t = useTranslate();
  const id = useId();
  const { choices, onChange, table, column, chosen, place } = props;
  const closed = place < 0 ? null : closedBy(column, table, choices);
  const move = (to: number) => onChange(moveColumn(choices, table, column.name, to));
  const text = column.description[t.language];
  return (
    <li class="export-column" data-testid={`column-${column.name}`}>
      <label class="export-choice" title={text}>
        <input
          type="checkbox"
          checked={place >= 0}
          disabled={place >= 0 && chosen.length === 1}
          aria-describedby={`${id}-text`}
          onChange={() => onChange(toggleColumn(choices, table, column.name))}
        />
        <span>
          <span class={closed ? 'mono quiet' : 'mono'}>{column.name}</span> <Marks column={column} />
          <span class="small quiet export-help" id={`${id}-text`}>
            {closed ? t(`export_closed_${closed}`) : text}
          </span>
        </span>
      </label>
      {place >= 0 && (
        <span class="export-moves">
          <Move name={column.name} to="up" disabled={place === 0} onClick={() => move(place - 1)} />
          <Move name={column.name} to="down" disabled={place === chosen.length - 1} onClick={() => move(place + 1)} />
        </span>
      )}
    </li>
  );
}

/** As in the codebook. */
const signs = { personal: '●', off: '○', text: '◇' } as const;

function Marks(props: { column: ColumnInfo }) {
  const t = useTranslate();
  const { column } = props;
  const isMarked = { personal: column.personal, off: !isExportedByDefault(column), text: column.text };
  return (
    <>
      {(['personal', 'off', 'text'] as const)
        .filter((mark) => isMarked[mark])
        .map((mark) => (
          <span
            key={mark}
            class="quiet"
            role="img"
            aria-label={t(`export_mark_${mark}`)}
            title={t(`export_mark_${mark}`)}
          >
            {signs[mark]}
          </span>
        ))}
    </>
  );
}

function Move(props: { name: string; to: 'up' | 'down'; disabled: boolean; onClick: () => void }) {
  const t = useTranslate();
  const label = t(`sources_${props.to}`, props.name);
  return (
    <button
      type="button"
      class="button compact icon-only plain"
      title={label}
      aria-label={label}
      disabled={props.disabled}
      data-testid={`column-${props.to}-${props.name}`}
      onClick={props.onClick}
    >
      <Icon name={props.to} />
    </button>
  );
}
