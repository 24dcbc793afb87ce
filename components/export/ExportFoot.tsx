import type { Destination } from '../../lib/destinations/destination.ts';
import { useTranslate } from '../hooks.tsx';
import { Notice } from '../parts/basics.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Icon } from '../parts/Icon.tsx';
import { ProgressLine } from '../parts/ProgressLine.tsx';
import { sizeText } from '../show.ts';
import type { RunState } from './ExportDialog.tsx';
import type { PreviewState } from './use-preview.ts';

/** How much it is, the button that exports, and what came of it. */
export function ExportFoot(props: {
  state: RunState;
  preview: PreviewState;
  ready: boolean;
  /** Those that take files of the chosen format, and have a key. */
  destinations: readonly Destination[];
  onRun: () => void;
  onSend: (destination: Destination) => void;
  onStop: () => void;
  onDismiss: () => void;
  onClose: () => void;
}) {
  const t = useTranslate();
  const { state, preview } = props;
  const running = state.step === 'running';
  return (
    <footer class="export-foot">
      <div class="export-outcome">
        {state.step === 'failed' &&
          (state.error.code === 'cancelled' ? (
            <Notice live testid="export-cancelled" onClose={props.onDismiss}>
              <p>{t('export_cancelled')}</p>
            </Notice>
          ) : (
            <ErrorNotice error={state.error} onRetry={() => (state.to ? props.onSend(state.to) : props.onRun())} />
          ))}
        {state.step === 'done' && <Done files={state.files} onDismiss={props.onDismiss} />}
        {state.step === 'sent' && <Sent {...state} onDismiss={props.onDismiss} />}
        {running && <ProgressLine label={t('export_running')} progress={state.progress} />}
      </div>
      <div class="row spread export-actions">
        <p class="small quiet number" role="status" data-testid="export-amount">
          {preview.value ? amountText(t, preview.value) : ''}
        </p>
        <span class="row nowrap">
          {running ? (
            <button type="button" class="button" data-testid="export-stop" onClick={props.onStop}>
              {t('action_cancel')}
            </button>
          ) : (
            <button type="button" class="button" data-testid="export-leave" onClick={props.onClose}>
              {t('action_close')}
            </button>
          )}
          {!running &&
            props.destinations.map((destination) => (
              <button
                key={destination.id}
                type="button"
                class="button"
                disabled={!props.ready}
                data-testid={`export-send-${destination.id}`}
                onClick={() => props.onSend(destination)}
              >
                {t('export_send', destination.label)}
              </button>
            ))}
          {/* Never `disabled`: it has the focus, which would be lost. */}
          <button
            type="button"
            class="button primary"
            aria-disabled={running || !props.ready}
            data-autofocus
            data-testid="export-run"
            onClick={props.onRun}
          >
            <Icon name={running ? 'refresh' : 'download'} spinning={running} />
            {t('selection_export')}
          </button>
        </span>
      </div>
    </footer>
  );
}

/** "Things: 1,234 · about 2.1 MB". */
function amountText(t: ReturnType<typeof useTranslate>, value: NonNullable<PreviewState['value']>): string {
  const things = t('export_things', new Intl.NumberFormat(t.locale).format(value.things));
  return value.bytes === null ? things : `${things} · ${t('export_about', sizeText(value.bytes, t.locale))}`;
}

function Done(props: { files: Extract<RunState, { step: 'done' }>['files']; onDismiss: () => void }) {
  const t = useTranslate();
  const count = (value: number) => new Intl.NumberFormat(t.locale).format(value);
  return (
    <Notice tone="good" live testid="export-done" onClose={props.onDismiss}>
      <ul>
        {props.files.map((file) => (
          <li key={file.name}>
            <span class="mono user-text">{file.name}</span>{' '}
            <span class="quiet number">{t('export_rows', count(file.rows))}</span>
            {Object.entries(file.skipped ?? {}).map(([reason, times]) => (
              <p key={reason} class="small">
                {t(reason, count(times))}
              </p>
            ))}
          </li>
        ))}
      </ul>
      <p class="small quiet">{t('export_where')}</p>
    </Notice>
  );
}

/** What a destination made of each file, with the address where it can be looked at. */
function Sent(props: Omit<Extract<RunState, { step: 'sent' }>, 'step'> & { onDismiss: () => void }) {
  const t = useTranslate();
  const count = (value: number) => new Intl.NumberFormat(t.locale).format(value);
  return (
    <Notice tone="good" title={t('export_sent', props.label)} live testid="export-sent" onClose={props.onDismiss}>
      <ul>
        {props.files.map(({ platform, state, rows, url, words }) => (
          <li key={url}>
            <span class="mono">{platform}</span>{' '}
            <span class="quiet number">
              {state === 'reading' ? t('export_sent_reading') : rows === null ? '' : t('export_sent_rows', count(rows))}
            </span>{' '}
            <a href={url} target="_blank" rel="noreferrer">
              {t('export_sent_open')}
            </a>
            {words !== '' && <p class="small quiet user-text">{words}</p>}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
