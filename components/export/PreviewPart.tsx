import type { ExportChoices, TableId } from '../../lib/core/export-choices.ts';
import type { ExportPreview, PreviewColumn } from '../../lib/messaging/protocol.ts';
import { useTranslate } from '../hooks.tsx';
import { Disclosure, Notice } from '../parts/basics.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { exporterOf, isBarred, withoutPeople } from './choices.ts';
import { TableChoice } from './TableChoice.tsx';
import type { PreviewState } from './use-preview.ts';

/** How the first of the files will begin. Keeps its place whatever it shows. */
export function PreviewPart(props: {
  choices: ExportChoices | null;
  preview: PreviewState;
  onTable: (table: TableId) => void;
}) {
  const t = useTranslate();
  const { choices, preview } = props;
  const { value, error } = preview;
  return (
    <section class="export-preview" aria-label={t('export_preview')} data-testid="export-preview">
      <div class="row spread export-preview-head">
        <h3 class="section-title">{t('export_preview')}</h3>
        {value && choices && (
          <TableChoice choices={choices} preview={value} onTable={props.onTable} testid="export-preview-table" />
        )}
      </div>
      {error && <ErrorNotice error={error} />}
      {choices && isBarred(choices) ? (
        <p class="quiet export-nothing">{t('export_preview_barred')}</p>
      ) : value?.table ? (
        <>
          <PreviewTable value={value} loading={preview.loading} />
          {choices && <Remarks choices={choices} value={value} table={value.table} />}
        </>
      ) : value ? (
        <Notice testid="export-nothing">
          <p>{t('export_nothing')}</p>
        </Notice>
      ) : (
        !error && preview.loading && <div class="skeleton export-preview-skeleton" />
      )}
    </section>
  );
}

function PreviewTable(props: { value: ExportPreview; loading: boolean }) {
  const t = useTranslate();
  const { columns, rows } = props.value;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- who has no mouse scrolls it by keys
    <div class="export-scroll" tabIndex={0} role="group" aria-label={t('export_preview')} aria-busy={props.loading}>
      <table class="export-table" data-testid="export-table" data-loading={props.loading}>
        <thead>
          <tr>
            {columns.map((column, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- other tools have headers that occur twice
              <th key={index} scope="col" class={column.unfillable ? 'quiet' : ''} title={columnTitle(column, t)}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- a row has no name of its own
            <tr key={index}>
              {row.map((text, place) => (
                // oxlint-disable-next-line react/no-array-index-key -- as the headers
                <td key={place} title={text !== null && text.length > 40 ? text.slice(0, 600) : undefined}>
                  {text === null ? <span class="quiet">–</span> : <bdi>{text.slice(0, 120)}</bdi>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function columnTitle({ description, unfillable }: PreviewColumn, t: ReturnType<typeof useTranslate>): string {
  return (unfillable ?? description)[t.language];
}

/** What is not to be seen in the table: columns that stay empty or are left out, and a form that is not a table. */
function Remarks(props: { choices: ExportChoices; value: ExportPreview; table: TableId }) {
  const t = useTranslate();
  const { choices, value } = props;
  const isSheet = exporterOf(choices)?.form === 'sheet';
  const empty = value.columns.filter(({ unfillable }) => unfillable !== null);
  const left = !isSheet || choices.preset === 'native' ? withoutPeople(choices, props.table) : [];
  return (
    <div class="stack small export-remarks">
      {!isSheet && <p class="quiet">{t('export_preview_form')}</p>}
      {left.length > 0 && (
        <Disclosure summary={t('export_left_out', left.length)} quiet testid="export-left-out">
          <p class="mono quiet user-text">{left.join(', ')}</p>
        </Disclosure>
      )}
      {empty.length > 0 && (
        <Disclosure summary={t('export_unfillable', empty.length)} quiet testid="export-unfillable">
          <dl class="facts">
            {empty.map(({ header, unfillable }, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- other tools have headers that occur twice
              <div key={index} class="export-fact">
                <dt class="mono">{header}</dt>
                <dd>{unfillable?.[t.language]}</dd>
              </div>
            ))}
          </dl>
        </Disclosure>
      )}
    </div>
  );
}
