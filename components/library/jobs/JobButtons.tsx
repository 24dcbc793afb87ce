import { useEffect, useRef, useState } from 'preact/hooks';
import { toAppError, type WireError } from '../../../lib/core/errors.ts';
import type { Job } from '../../../lib/messaging/protocol.ts';
import { useTranslate } from '../../hooks.tsx';
import type { Jobs } from '../../jobs.ts';
import { Notice } from '../../parts/basics.tsx';
import { ErrorNotice } from '../../parts/ErrorNotice.tsx';
import { Icon, type IconName } from '../../parts/Icon.tsx';
import { actionsOf } from './job-actions.ts';

/** What can be done with a job. What cannot be taken back is asked a second time. */
export function JobButtons(props: { job: Job; jobs: Jobs }) {
  const t = useTranslate();
  const { job, jobs } = props;
  const [asked, setAsked] = useState<'cancel' | 'remove' | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const able = actionsOf(job);
  const opener = useRef<HTMLButtonElement | null>(null);
  const run = async (act: (id: string) => Promise<void>): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await act(job.id);
      setAsked(null);
    } catch (problem) {
      setError(toAppError(problem).toWire());
    }
    setBusy(false);
  };
  const button = (name: string, icon: IconName | null, act: () => void) => (
    <button
      type="button"
      class="button compact"
      disabled={busy}
      aria-label={t('job_action_of', t(`job_action_${name}`), job.name)}
      data-testid={`job-${name}`}
      onClick={(event) => {
        opener.current = event.currentTarget;
        act();
      }}
    >
      {icon && <Icon name={icon} />}
      {t(`job_action_${name}`)}
    </button>
  );
  return (
    <>
      <div class="row tight job-buttons">
        {able.resume && button('resume', 'play', () => void run(jobs.resume))}
        {able.hurry && button('hurry', 'play', () => void run(jobs.resume))}
        {able.pause && button('pause', 'pause', () => void run(jobs.pause))}
        {able.retry && button('retry', 'refresh', () => void run(jobs.retry))}
        {able.cancel && button('cancel', null, () => setAsked('cancel'))}
        {able.remove && button('remove', null, () => setAsked('remove'))}
      </div>
      {error && <ErrorNotice error={error} />}
      {asked && (able.cancel || able.remove) && (
        <Question
          job={job}
          asked={asked}
          busy={busy}
          confirm={() => void run(asked === 'cancel' ? jobs.cancel : jobs.remove)}
          keep={() => {
            setAsked(null);
            // Back to where the question came from.
            opener.current?.focus();
          }}
        />
      )}
    </>
  );
}

function Question(props: {
  job: Job;
  asked: 'cancel' | 'remove';
  busy: boolean;
  confirm: () => void;
  keep: () => void;
}) {
  const t = useTranslate();
  const { job, asked, busy } = props;
  const safe = useRef<HTMLButtonElement>(null);
  useEffect(() => safe.current?.focus(), []);
  const left = new Intl.NumberFormat(t.locale).format(job.counts.queued);
  return (
    <Notice tone="warn" title={t(`job_question_${asked}`, job.name)} live testid="job-question">
      <p class="small">
        {asked === 'remove'
          ? t('job_question_remove_text')
          : job.plan.kind === 'batch' || job.plan.kind === 'availability'
            ? t('job_question_cancel_left', left)
            : t('job_question_cancel_text')}
      </p>
      <div class="row">
        <button
          ref={safe}
          type="button"
          class="button compact"
          disabled={busy}
          data-testid="job-keep"
          onClick={props.keep}
        >
          {t('action_keep')}
        </button>
        <button
          type="button"
          class="button compact danger"
          disabled={busy}
          data-testid={`job-${asked}-confirm`}
          onClick={props.confirm}
        >
          {t(`job_confirm_${asked}`)}
        </button>
      </div>
    </Notice>
  );
}
