import type { RefKey } from '../../../lib/core/ref.ts';
import type { Job, WatchRule } from '../../../lib/messaging/protocol.ts';
import { useTimeZone, useTranslate } from '../../hooks.tsx';
import { useJobItems, useJobOutcomes } from '../../jobs.ts';
import { ErrorNotice, errorText } from '../../parts/ErrorNotice.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { providerName } from '../../show.ts';
import { ruleIcon, ruleText } from './alert-words.ts';
import { groupFailures } from './failures.ts';
import { planText } from './job-words.ts';
import { JobItems } from './JobItems.tsx';

/** What a job does exactly, what failed and why, and each of its things. */
export function JobDetails(props: { job: Job; onOpen: ((ref: RefKey) => void) | undefined }) {
  const t = useTranslate();
  const zone = useTimeZone();
  const { job } = props;
  return (
    <div class="stack job-body">
      <p class="small">{planText(t, job.plan, zone)}</p>
      {job.plan.kind === 'watchlist' && (
        <>
          <Looks job={job} />
          <Rules rules={job.plan.rules} />
        </>
      )}
      {job.plan.kind === 'availability' && job.counts.done > 0 && (
        <Reasons job={job} state="done" title={t('job_gone')} />
      )}
      {job.counts.failed > 0 && <Reasons job={job} state="failed" title={t('job_failures')} />}
      <JobItems job={job} onOpen={props.onOpen} />
    </div>
  );
}

/** How often a watchlist has looked: things that were added or slept through have fewer looks than others. */
function Looks(props: { job: Job }) {
  const t = useTranslate();
  const items = useJobItems(props.job.id, null, -1).value ?? [];
  if (items.length === 0) return null;
  const looks = items.map(({ attempts }) => attempts);
  const [least, most] = [Math.min(...looks), Math.max(...looks)];
  const count = (value: number): string => new Intl.NumberFormat(t.locale).format(value);
  return (
    <p class="small quiet number" data-testid="job-looks">
      {least === most ? t('job_looks_each', count(most)) : t('job_looks_range', count(least), count(most))}
    </p>
  );
}

function Rules(props: { rules: readonly WatchRule[] }) {
  const t = useTranslate();
  const { rules } = props;
  return (
    <div class="stack job-said" data-testid="job-said-rules">
      <h4 class="section-title">{t('job_part_rules')}</h4>
      {rules.length === 0 ? (
        <p class="small quiet">{t('job_rules_none')}</p>
      ) : (
        <ul class="row tight">
          {rules.map((rule) => (
            <li key={JSON.stringify(rule)} class="badge value">
              <Icon name={ruleIcon(rule.kind)} />
              <span class="number">{ruleText(t, rule)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The reasons, each with how often it was, and what to do. Of a check of availability `done` holds what is gone. */
function Reasons(props: { job: Job; state: 'done' | 'failed'; title: string }) {
  const t = useTranslate();
  const { job, state, title } = props;
  const settled = job.counts[state];
  const outcomes = useJobOutcomes(job.id, state, settled);
  const count = (value: number): string => new Intl.NumberFormat(t.locale).format(value);
  const groups = groupFailures(outcomes.value ?? []);
  const looked = outcomes.value?.length ?? 0;
  return (
    <section class="stack job-failures" aria-label={title} data-testid={`job-reasons-${state}`}>
      <h4 class="section-title">{title}</h4>
      {outcomes.error && <ErrorNotice error={outcomes.error} onRetry={outcomes.reload} />}
      {looked > 0 && groups.length === 0 && <p class="small quiet">{t('job_gone_none')}</p>}
      {groups.length > 0 && (
        <ul class="stack">
          {groups.map(({ error, count: times }) => (
            <li key={`${error.provider} ${error.code} ${error.advice}`} class="job-failure" data-testid="job-failure">
              <span class={state === 'failed' ? 'badge bad number' : 'badge warn number'}>{count(times)}</span>
              <span class="small">
                <b>{t(`error_title_${error.code}`)}</b>
                {error.provider && <span class="quiet"> · {providerName(t, error.provider)}</span>}
                <span class="job-failure-text">{errorText(t, error)}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {looked > 0 && looked < settled && <p class="small quiet">{t('job_failures_first', count(looked))}</p>}
    </section>
  );
}
