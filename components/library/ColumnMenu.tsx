import { useMemo, useState } from 'preact/hooks';
import type { RecordType } from '../../lib/core/record.ts';
import type { LibraryColumn } from '../../lib/messaging/protocol.ts';
import { useTranslate } from '../hooks.tsx';
import { ColumnSearch } from '../parts/ColumnSearch.tsx';
import { Icon } from '../parts/Icon.tsx';
import { columnLabel } from './column-words.ts';
import {
  firstLayout,
  moveColumn,
  placeColumns,
  resizeColumn,
  type TableLayout,
  toggleColumn,
  togglePin,
} from './layout.ts';
import { Popover } from './Popover.tsx';

/** Which columns the table shows: with what each of them is, and where it stands. */
export function ColumnMenu(props: {
  type: RecordType;
  columns: readonly LibraryColumn[];
  layout: TableLayout;
  onLayout: (layout: TableLayout) => void;
}) {
  const t = useTranslate();
  return (
    <Popover
      label={t('library_columns')}
      name={t('library_columns')}
      icon="columns"
      align="end"
      testid="columns"
      disabled={props.columns.length === 0}
    >
      {() => <ColumnList {...props} />}
    </Popover>
  );
}

function ColumnList(props: Parameters<typeof ColumnMenu>[0]) {
  const t = useTranslate();
  const { type, columns, layout, onLayout } = props;
  const [search, setSearch] = useState('');
  const placed = placeColumns(layout, columns);
  const listed = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    const fits = (column: LibraryColumn) =>
      wanted === '' ||
      [columnLabel(t, column, type), column.name, column.description[t.language]].some((text) =>
        text.toLowerCase().includes(wanted),
      );
    return columns.filter(fits);
  }, [columns, search, t, type]);
  const shown = placed.filter(({ column }) => listed.includes(column));
  const hidden = listed.filter(({ name }) => !layout.shown.includes(name));
  return (
    <div class="column-menu stack">
      <ColumnSearch testId="columns-search" value={search} onInput={setSearch} />
      <div class="column-lists">
        {shown.length > 0 && <h3 class="section-title">{t('library_columns_shown', placed.length)}</h3>}
        <ul>
          {shown.map(({ column, pinned, width }) => {
            const place = placed.findIndex((other) => other.column === column);
            return (
              <Item key={column.name} {...props} column={column} shown>
                <span class="column-tools">
                  <input
                    class="input number column-width"
                    type="number"
                    step={8}
                    value={width}
                    aria-label={t('library_column_width', columnLabel(t, column, type))}
                    title={t('library_column_width', columnLabel(t, column, type))}
                    onChange={(event) => onLayout(resizeColumn(layout, column.name, event.currentTarget.valueAsNumber))}
                  />
                  <Tool
                    icon="up"
                    label={t('sources_up', columnLabel(t, column, type))}
                    disabled={place === 0}
                    testid={`column-up-${column.name}`}
                    onClick={() => onLayout(moveColumn(layout, column.name, place - 1))}
                  />
                  <Tool
                    icon="down"
                    label={t('sources_down', columnLabel(t, column, type))}
                    disabled={place === placed.length - 1}
                    testid={`column-down-${column.name}`}
                    onClick={() => onLayout(moveColumn(layout, column.name, place + 1))}
                  />
                  <Tool
                    icon="pin"
                    label={t('library_pin', columnLabel(t, column, type))}
                    pressed={pinned}
                    testid={`column-pin-${column.name}`}
                    onClick={() => onLayout(togglePin(layout, column.name))}
                  />
                </span>
              </Item>
            );
          })}
        </ul>
        {hidden.length > 0 && <h3 class="section-title">{t('library_columns_hidden', hidden.length)}</h3>}
        <ul>
          {hidden.map((column) => (
            <Item key={column.name} {...props} column={column} shown={false} />
          ))}
        </ul>
        {listed.length === 0 && <p class="quiet small">{t('library_columns_none')}</p>}
      </div>
      <button
        type="button"
        class="button compact plain"
        data-testid="columns-reset"
        onClick={() => onLayout(firstLayout(columns))}
      >
        {t('library_columns_reset')}
      </button>
    </div>
  );
}

function Item(
  props: Parameters<typeof ColumnMenu>[0] & {
    column: LibraryColumn;
    shown: boolean;
    children?: preact.ComponentChildren;
  },
) {
  const t = useTranslate();
  const { column, layout } = props;
  const text = column.description[t.language];
  return (
    <li class="column-item" data-testid={`column-${column.name}`}>
      <label class="column-choice">
        <input
          type="checkbox"
          checked={props.shown}
          disabled={props.shown && layout.shown.length === 1}
          onChange={() => props.onLayout(toggleColumn(layout, column.name))}
        />
        <span>
          <span class="column-name">{columnLabel(t, column, props.type)}</span>{' '}
          <span class="mono quiet small">{column.name}</span>
          <span class="quiet small column-text">
            {text}
            {column.formula !== undefined && !text.includes(column.formula) && (
              <> {t('library_formula', column.formula)}</>
            )}
          </span>
        </span>
      </label>
      {props.children}
    </li>
  );
}

function Tool(props: {
  icon: 'up' | 'down' | 'pin';
  label: string;
  disabled?: boolean;
  pressed?: boolean;
  testid: string;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      class="button compact icon-only plain"
      title={props.label}
      aria-label={props.label}
      aria-pressed={props.pressed}
      disabled={props.disabled}
      data-testid={props.testid}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
    </button>
  );
}
