import type { ExportChoices, TableId } from '../../lib/core/export-choices.ts';
import type { ExportPreview } from '../../lib/messaging/protocol.ts';
import { useTranslate } from '../hooks.tsx';
import { exporterOf, isTableChosen } from './choices.ts';

/** Which of the tables is shown; nothing where there is but one. */
export function TableChoice(props: {
  choices: ExportChoices;
  preview: ExportPreview;
  onTable: (table: TableId) => void;
  testid: string;
}) {
  const t = useTranslate();
  const { preview, choices } = props;
  const able = exporterOf(choices)?.tables;
  const offered = preview.tables.filter(
    ({ id }) => id === preview.table || (isTableChosen(choices, id) && able?.includes(id) !== false),
  );
  if (offered.length < 2) return null;
  return (
    <select
      class="input export-table-choice"
      aria-label={t('export_preview_table')}
      value={preview.table ?? ''}
      data-testid={props.testid}
      onChange={(event) => {
        const chosen = offered.find(({ id }) => id === event.currentTarget.value);
        if (chosen) props.onTable(chosen.id);
      }}
    >
      {offered.map(({ id }) => (
        <option key={id} value={id}>
          {t(`kinds_${id}`)}
        </option>
      ))}
    </select>
  );
}
