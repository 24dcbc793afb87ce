import type { Project } from '../../lib/messaging/protocol.ts';
import { type Saving, useTranslate } from '../hooks.tsx';
import { Notice } from './basics.tsx';
import { ErrorNotice } from './ErrorNotice.tsx';
import { projectName } from './StorageLine.tsx';

/** What became of a save. */
export function SaveOutcome(props: { saving: Saving; project: Project | null }) {
  const t = useTranslate();
  const { state } = props.saving;
  if (state.step === 'failed') return <ErrorNotice error={state.error} onRetry={() => props.saving.run(null)} />;
  if (state.step !== 'done' || !props.project) return null;
  return (
    <Notice tone="good" live testid="save-done" onClose={props.saving.dismiss}>
      <p class="user-text">{t('save_done', state.saved, projectName(t, props.project))}</p>
    </Notice>
  );
}
