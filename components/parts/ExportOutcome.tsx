import type { ExportState } from '../hooks.tsx';
import { useTranslate } from '../hooks.tsx';
import { Notice } from './basics.tsx';
import { ErrorNotice } from './ErrorNotice.tsx';
import { Icon } from './Icon.tsx';

/** What became of an export: the files' names, or why there are none. */
export function ExportOutcome(props: { state: ExportState; onDismiss: () => void; onRetry: () => void }) {
  const t = useTranslate();
  const { state } = props;
  if (state.step === 'failed') return <ErrorNotice error={state.error} onRetry={props.onRetry} />;
  if (state.step !== 'done') return null;
  return (
    <Notice tone="good" live testid="export-done">
      <div class="export-files">
        <ul>
          {state.files.map((file) => (
            <li key={file.name}>
              <span class="mono user-text">{file.name}</span>{' '}
              <span class="quiet number">{t('export_rows', file.rows)}</span>
            </li>
          ))}
        </ul>
        <button
          type="button"
          class="button compact icon-only plain"
          aria-label={t('action_close')}
          title={t('action_close')}
          onClick={props.onDismiss}
        >
          <Icon name="close" />
        </button>
      </div>
      <p class="small quiet">{t('export_where')}</p>
    </Notice>
  );
}
