import { useEffect, useRef, useState } from 'preact/hooks';
import { progressOf } from '../../../lib/core/job-progress.ts';
import type { RefKey } from '../../../lib/core/ref.ts';
import type { Job, Project } from '../../../lib/messaging/protocol.ts';
import { useNow, useTimeZone, useTranslate } from '../../hooks.tsx';
import type { Jobs } from '../../jobs.ts';
import { ErrorNotice, errorText } from '../../parts/ErrorNotice.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { projectName } from '../../parts/StorageLine.tsx';
import { ageText } from '../../show.ts';
import { kindIcons, progressText, stateTone, waitText } from './job-words.ts';
import { JobButtons } from './JobButtons.tsx';
import { JobDetails } from './JobDetails.tsx';

/** One job: what it is, how far, why it stands still, what can be done with it; all the rest is folded away. */
export function JobCard(props: {
  job: Job;
  jobs: Jobs;
  projects: readonly Project[];
  /** It was just begun: it is where the reader goes on. */
  isNew: boolean;
  onOpen: ((ref: RefKey) => void) | undefined;
}) {
  const t = useTranslate();
  const zone = useTimeZone();
  const now = useNow(5_000);
  const { job, projects } = props;
  const [open, setOpen] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (props.isNew) title.current?.focus();
  }, [props.isNew]);
  const project = projects.find(({ id }) => id === job.project);
  const waits = waitText(t, job, zone, now);
  return (
    <li class="card job" data-testid="job" data-id={job.id} data-state={job.state}>
      <div class="job-head">
        <Icon name={kindIcons[job.plan.kind]} />
        <div class="job-names">
          <h3 class="user-text" ref={title} tabIndex={-1}>
            {job.name}
          </h3>
          <p class="small quiet">
            {[
              t(`job_kind_${job.plan.kind}`),
              project ? t('job_in_project', projectName(t, project)) : null,
              t('job_made', ageText(t, job.created_at, now)),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        <span class={`badge ${stateTone(job)}`} data-testid="job-state">
          {job.state === 'running' && <Icon name="refresh" spinning />}
          {t(stateKey(job))}
        </span>
        <JobButtons job={job} jobs={props.jobs} />
      </div>
      <Progress job={job} />
      {waits && (
        <p class="row tight small" data-testid="job-wait">
          <Icon name="clock" />
          <span>{waits}</span>
        </p>
      )}
      {job.state === 'waiting' && job.reason && (
        <p class="small quiet" data-testid="job-wait-reason">
          {t('job_wait_reason', errorText(t, job.reason))}
        </p>
      )}
      {job.state === 'paused' && <Paused job={job} />}
      <details
        class="disclosure"
        open={open}
        data-testid="job-details"
        onToggle={(event) => setOpen(event.currentTarget.open)}
      >
        <summary>
          <Icon name="chevron" />
          <span>{t('job_details')}</span>
        </summary>
        {/* Asked for once somebody looks. */}
        {open && <JobDetails job={job} onOpen={props.onOpen} />}
      </details>
    </li>
  );
}

/** What a job stops with where no stored key suffices: it can go on without what needs one. */
const noKeyAdvice = 'error_no_key_for_it';

function Paused(props: { job: Job }) {
  const t = useTranslate();
  const { reason } = props.job;
  if (!reason) return <p class="small quiet">{t('job_paused_by_you')}</p>;
  return (
    <>
      <ErrorNotice error={reason} />
      {reason.advice === noKeyAdvice && <p class="small">{t('job_paused_no_key')}</p>}
    </>
  );
}

function stateKey({ state, plan }: Job): string {
  return state === 'waiting' && plan.kind === 'watchlist' ? 'job_state_watching' : `job_state_${state}`;
}

/** A bar where the total is known, and the figures in words. */
function Progress(props: { job: Job }) {
  const t = useTranslate();
  const { job } = props;
  const { share } = progressOf(job);
  const { counts } = job;
  const part = (count: number): string => `${(100 * count) / Math.max(1, counts.total)}%`;
  return (
    <div class="job-progress">
      {share !== null && job.plan.kind !== 'watchlist' && (
        <div
          class="meter"
          role="progressbar"
          aria-label={t('job_progress_label', job.name)}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(share * 100)}
        >
          {job.plan.kind === 'listing' ? (
            <div class="meter-data" style={{ width: `${share * 100}%` }} />
          ) : (
            <>
              <div class="meter-data" style={{ width: part(counts.done) }} />
              <div
                class="job-meter-failed"
                style={{ insetInlineStart: part(counts.done), width: part(counts.failed) }}
              />
            </>
          )}
        </div>
      )}
      <p class="small number" data-testid="job-progress">
        {progressText(t, job)}
      </p>
    </div>
  );
}
