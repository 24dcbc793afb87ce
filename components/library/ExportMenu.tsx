import { useState } from 'preact/hooks';
import type { RecordType } from '../../lib/core/record.ts';
import type { RefKey } from '../../lib/core/ref.ts';
import { exporters } from '../../lib/exporters/index.ts';
import type { LibraryFile } from '../../lib/messaging/protocol.ts';
import { useTranslate } from '../hooks.tsx';
import { Notice } from '../parts/basics.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Icon } from '../parts/Icon.tsx';
import { countText } from './cell-text.ts';
import { download } from './download.ts';
import { Popover } from './Popover.tsx';
import { useLibrary } from './service.tsx';
import { useAction } from './use-action.ts';

/** Writes a file of what is selected, or else of the whole result, in one of the formats. */
export function ExportMenu(props: {
  type: RecordType;
  count: number;
  /** Says what is exported: the selection, or the result. */
  label: string;
  refs: () => Promise<readonly RefKey[]>;
  align?: 'start' | 'end';
  testid: string;
}) {
  return (
    <Popover
      label={props.label}
      name={props.label}
      icon="download"
      align={props.align ?? 'end'}
      testid={props.testid}
      disabled={props.count === 0}
    >
      {() => <ExportForm {...props} />}
    </Popover>
  );
}

function ExportForm(props: Parameters<typeof ExportMenu>[0]) {
  const t = useTranslate();
  const { service } = useLibrary();
  const action = useAction<LibraryFile>();
  const able = exporters.filter(({ tables }) => tables?.includes(props.type) !== false);
  const [format, setFormat] = useState(able[0]?.id ?? '');
  const { state } = action;
  const running = state.step === 'running';
  return (
    <form
      class="stack export-form"
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(async () => {
          const file = await service.export(format, props.type, await props.refs());
          download(file);
          return file;
        });
      }}
    >
      <p class="small quiet number">
        {t('library_export_what', countText(props.count, t.locale), t(`kinds_${props.type}`))}
      </p>
      <fieldset class="formats">
        <legend class="unseen">{t('library_export_format')}</legend>
        {able.map((exporter) => (
          <label class="choice" key={exporter.id}>
            <input
              type="radio"
              name="format"
              checked={format === exporter.id}
              data-testid={`format-${exporter.id}`}
              onChange={() => setFormat(exporter.id)}
            />
            <span>
              {t(exporter.label)} <span class="mono quiet small">.{exporter.extension}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div>
        <button type="submit" class="button primary" disabled={running} data-testid="export-run">
          <Icon name={running ? 'refresh' : 'download'} spinning={running} />
          {t(running ? 'export_running' : 'selection_export')}
        </button>
      </div>
      {state.step === 'failed' && <ErrorNotice error={state.error} />}
      {state.step === 'done' && (
        <Notice tone="good" live testid="export-done">
          <p>
            <span class="mono user-text">{state.outcome.name}</span>{' '}
            <span class="quiet number">{t('export_rows', countText(state.outcome.rows, t.locale))}</span>
          </p>
          {Object.entries(state.outcome.skipped ?? {}).map(([reason, count]) => (
            <p key={reason} class="small">
              {t(reason, countText(count, t.locale))}
            </p>
          ))}
          <p class="small quiet">{t('export_where')}</p>
        </Notice>
      )}
    </form>
  );
}
