import { columnsOfTable } from '../tables.ts';
import { isExportedByDefault } from '../columns.ts';
import { definePreset } from './preset.ts';

/** Our own names, as the codebook has them. */
export const native = definePreset({
  id: 'native',
  label: 'preset_native',
  hint: 'preset_native_hint',
  source: 'docs/codebook.md',
  columns: (table) =>
    columnsOfTable(table)
      .filter(isExportedByDefault)
      .map(({ name, type }) => ({ header: name, type, from: [name] })),
});
