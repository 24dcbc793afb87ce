import type { ExportState } from '../hooks.tsx';
import { useTranslate } from '../hooks.tsx';
import { Notice } from './basics.tsx';
import { ErrorNotice } from './ErrorNotice.tsx';

/** What became of an export: the files' names, or why there are none. */
export function ExportOutcome(props: { state: ExportState; onDismiss: () => void; onRetry: () => void }) {
  const t = useTranslate();
  const { state } = props;
  if (state.step === 'failed') return <ErrorNotice error={state.error} onRetry={props.onRetry} />;
  if (state.step !== 'done') return null;
  return (
    <Notice tone="good" live testid="export-done" onClose={props.onDismiss}>
      <ul>
        {state.files.map((file) => (
          <li key={file.name}>
            <span class="mono user-text">{file.name}</span>{' '}
            <span class="quiet number">{t('export_rows', file.rows)}</span>
          </li>
        ))}
      </ul>
      <p class="small quiet">{t('export_where')}</p>
    </Notice>
  );
}
