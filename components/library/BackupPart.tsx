import { useRef, useState } from 'preact/hooks';
import type { LibraryFile, Progress, RestoreOutcome } from '../../lib/messaging/protocol.ts';
import { useTranslate } from '../hooks.tsx';
import { Notice } from '../parts/basics.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Icon } from '../parts/Icon.tsx';
import { ProgressLine } from '../parts/ProgressLine.tsx';
import { Time } from '../parts/Time.tsx';
import { sizeText } from '../show.ts';
import { countText } from './cell-text.ts';
import { download } from './download.ts';
import { useLibrary } from './service.tsx';
import { TwoSteps } from './TwoSteps.tsx';
import { useAction } from './use-action.ts';

/** All of the library as one file, and back. */
export function BackupPart() {
  const t = useTranslate();
  return (
    <section class="card stack" aria-labelledby="backup-title" data-testid="backup">
      <h2 id="backup-title">{t('library_backup_title')}</h2>
      <p class="quiet">{t('library_backup_text')}</p>
      <Backup />
      <Restore />
    </section>
  );
}

function Backup() {
  const t = useTranslate();
  const { service } = useLibrary();
  const [progress, setProgress] = useState<Progress | null>(null);
  const { state, run } = useAction<LibraryFile>();
  return (
    <>
      <div>
        <button
          type="button"
          class="button"
          disabled={state.step === 'running'}
          data-testid="backup-run"
          onClick={() =>
            void run(async () => {
              setProgress(null);
              const file = await service.backup(setProgress);
              download(file);
              return file;
            })
          }
        >
          <Icon name={state.step === 'running' ? 'refresh' : 'download'} spinning={state.step === 'running'} />
          {t('library_backup')}
        </button>
      </div>
      {state.step === 'running' && <ProgressLine label={t('library_backup_running')} progress={progress} />}
      {state.step === 'failed' && <ErrorNotice error={state.error} />}
      {state.step === 'done' && (
        <Notice tone="good" live testid="backup-done">
          <p>
            <span class="mono user-text">{state.outcome.name}</span>{' '}
            <span class="quiet number">
              {t(
                'library_backup_done',
                countText(state.outcome.rows, t.locale),
                sizeText(state.outcome.blob.size, t.locale),
              )}
            </span>
          </p>
          <p class="small quiet">{t('export_where')}</p>
        </Notice>
      )}
    </>
  );
}

function Restore() {
  const t = useTranslate();
  const { service, refresh } = useLibrary();
  const [file, setFile] = useState<File | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const { state, run, dismiss } = useAction<RestoreOutcome>();
  return (
    <>
      <div>
        <button
          type="button"
          class="button"
          disabled={state.step === 'running'}
          data-testid="restore-choose"
          onClick={() => input.current?.click()}
        >
          <Icon name="upload" />
          {t('library_restore')}
        </button>
        <input
          ref={input}
          type="file"
          hidden
          data-testid="restore-file"
          onChange={(event) => {
            dismiss();
            setFile(event.currentTarget.files?.[0] ?? null);
            event.currentTarget.value = '';
          }}
        />
      </div>
      {file && state.step !== 'running' && (
        <TwoSteps
          question={t('library_restore_question', file.name, sizeText(file.size, t.locale))}
          confirm={t('library_restore_confirm')}
          running={false}
          error={null}
          testid="restore-question"
          onCancel={() => setFile(null)}
          onConfirm={() => {
            setFile(null);
            void run(async () => {
              setProgress(null);
              const outcome = await service.restore(file, setProgress);
              await refresh(null);
              return outcome;
            });
          }}
        >
          <p class="small">{t('library_restore_help')}</p>
        </TwoSteps>
      )}
      {state.step === 'running' && <ProgressLine label={t('library_restore_running')} progress={progress} />}
      {state.step === 'failed' && <ErrorNotice error={state.error} />}
      {state.step === 'done' && <Restored outcome={state.outcome} />}
    </>
  );
}

function Restored(props: { outcome: RestoreOutcome }) {
  const t = useTranslate();
  const { outcome } = props;
  const count = (value: number) => countText(value, t.locale);
  const parts = Object.entries(outcome.restored).filter(([, some]) => some > 0);
  const isWhole = !outcome.error && !outcome.truncated && outcome.problems === 0;
  return (
    <div class="stack" data-testid="restore-done">
      {outcome.error && <ErrorNotice error={outcome.error} />}
      {(!outcome.error || parts.length > 0) && (
        <Notice tone={isWhole ? 'good' : 'warn'} title={t('library_restored')} live>
          {outcome.madeAt !== null && (
            <p>
              {t('library_restore_made')} <Time at={outcome.madeAt} />
            </p>
          )}
          <ul class="number">
            {parts.map(([name, some]) => (
              <li key={name}>
                {t.has(`library_store_${name}`) ? t(`library_store_${name}`) : name}: {count(some)}
              </li>
            ))}
            {outcome.known > 0 && <li>{t('library_restore_known', count(outcome.known))}</li>}
            {outcome.problems > 0 && <li>{t('library_restore_problems', count(outcome.problems))}</li>}
          </ul>
          {outcome.truncated && <p>{t('library_restore_truncated')}</p>}
        </Notice>
      )}
    </div>
  );
}
