/** How good a row's figures are, the same on every table that counts something. */
import { type Precision, precisionOrder, type RecordBase } from '../../core/record.ts';
import { type Column, computedColumn as computed } from './column.ts';

/** The notes of the figures that the row has a value for. */
function figureNotes(record: RecordBase) {
  return Object.entries(record.figures).flatMap(([field, note]) => {
    const value: unknown = Reflect.get(record, field);
    return value === null || value === undefined ? [] : [note];
  });
}

function worstPrecision(record: RecordBase): Precision | null {
  const ranks = figureNotes(record).map(({ precision }) => precisionOrder.indexOf(precision));
  return precisionOrder[Math.max(...ranks)] ?? null;
}

export const figureColumns: readonly Column<RecordBase>[] = [
  computed(
    'counts_precision',
    'string',
    "The worst precision of the row's figures: exact, rounded, abbreviated, lower_bound or unknown.",
    '本行数值中最差的精度：exact、rounded、abbreviated、lower_bound 或 unknown。',
    worstPrecision,
  ),
  computed(
    'counts_source',
    'string',
    "Where the row's figures were read: statsV2, stats, dom or api:<provider>; several are joined with ;.",
    '本行数值的出处：statsV2、stats、dom 或 api:<提供方>；多个以 ; 连接。',
    (record) => [...new Set(figureNotes(record).map(({ source }) => source))].join(';') || null,
  ),
];
