import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { JobKind } from '../../../lib/core/job.ts';
import type { RefKey } from '../../../lib/core/ref.ts';
import type { Job, LibraryService } from '../../../lib/messaging/protocol.ts';
import { useProjects, useTranslate } from '../../hooks.tsx';
import { useAlerts, useJobs } from '../../jobs.ts';
import { ErrorNotice } from '../../parts/ErrorNotice.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { TabPanel, Tabs } from '../../parts/Tabs.tsx';
import { AlertList } from './AlertList.tsx';
import { jobFilters, type JobFilter, passes } from './job-actions.ts';
import { JobCard } from './JobCard.tsx';
import { KindCards } from './KindCards.tsx';
import { NewJob } from './NewJob.tsx';

/** So many jobs (and more) can be narrowed to those that need a look. */
const manyJobs = 6;

const noRefs: readonly RefKey[] = [];

/**
 * Work that goes on by itself, and what watchlists tell of. `selection`: what is selected in the library, to be looked up
 * or watched. `begin`: the form opens at once with this kind, and `onBegun` tells when it was sent or closed. `onOpen`
 * shows a thing's detail; without it things are named only.
 */
export function JobsView(props: {
  service: LibraryService;
  selection?: readonly RefKey[] | undefined;
  begin?: JobKind | undefined;
  onBegun?: (() => void) | undefined;
  onOpen?: ((ref: RefKey) => void) | undefined;
}) {
  const t = useTranslate();
  const jobs = useJobs();
  const alerts = useAlerts();
  const projects = useProjects();
  const selection = useSame(props.selection ?? noRefs);
  const [tab, setTab] = useState<'jobs' | 'alerts'>('jobs');
  const [making, setMaking] = useState<JobKind | null>(null);
  const [round, setRound] = useState(0);
  const [started, setStarted] = useState<Job | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const unseen = (alerts.value ?? []).filter(({ seen }) => !seen).length;
  const number = (of: number): string => new Intl.NumberFormat(t.locale).format(of);
  const make = (kind: JobKind) => {
    setTab('jobs');
    setStarted(null);
    setMaking(kind);
    setRound((count) => count + 1);
  };
  useEffect(() => {
    if (props.begin) make(props.begin);
  }, [props.begin, selection]);
  const end = (job: Job | null) => {
    setMaking(null);
    setStarted(job);
    props.onBegun?.();
  };
  const closed = making === null && round > 0 && started === null;
  useEffect(() => {
    if (closed) button.current?.focus();
  }, [closed]);
  const isEmpty = jobs.value?.length === 0;
  return (
    <div class="jobs" data-testid="jobs">
      <div class="row spread jobs-head">
        <Tabs
          name="jobs"
          label={t('jobs_tabs')}
          tabs={[
            { id: 'jobs', label: t('jobs_tab') },
            { id: 'alerts', label: unseen > 0 ? t('kinds_count', t('alerts_tab'), number(unseen)) : t('alerts_tab') },
          ]}
          active={tab}
          onChange={setTab}
        />
        {making === null && !(isEmpty && tab === 'jobs') && (
          <button ref={button} type="button" class="button primary" data-testid="job-new" onClick={() => make('batch')}>
            {selection.length > 0 ? t('job_new_selection', number(selection.length)) : t('job_new')}
          </button>
        )}
      </div>
      <TabPanel name="jobs" id={tab}>
        {tab === 'alerts' ? (
          <AlertList alerts={alerts} jobs={jobs.value ?? []} onOpen={props.onOpen} onNew={() => make('watchlist')} />
        ) : (
          <>
            {making !== null && (
              <NewJob
                // What was filled in belongs to what was selected then.
                key={round}
                service={props.service}
                kind={making}
                selection={selection}
                jobs={jobs}
                projects={projects}
                onStarted={end}
                onClose={() => end(null)}
              />
            )}
            <p class="unseen" role="status">
              {started ? t('job_started', started.name) : ''}
            </p>
            {jobs.error && <ErrorNotice error={jobs.error} onRetry={jobs.reload} />}
            {isEmpty && making === null && <NoJobs onKind={make} />}
            {jobs.value && jobs.value.length > 0 && <h2 class="unseen">{t('jobs_tab')}</h2>}
            {jobs.value && jobs.value.length > 0 && (
              <JobList
                jobs={jobs.value}
                started={started?.id ?? null}
                card={(job) => (
                  <JobCard
                    key={job.id}
                    job={job}
                    jobs={jobs}
                    projects={projects.value ?? []}
                    isNew={job.id === started?.id}
                    onOpen={props.onOpen}
                  />
                )}
              />
            )}
          </>
        )}
      </TabPanel>
    </div>
  );
}

function JobList(props: {
  jobs: readonly Job[];
  started: string | null;
  card: (job: Job) => ReturnType<typeof JobCard>;
}) {
  const t = useTranslate();
  const { jobs, started } = props;
  const [filter, setFilter] = useState<JobFilter>('all');
  // What was just begun is to be seen.
  useEffect(() => setFilter('all'), [started]);
  const shown = jobs.filter((job) => passes(filter, job));
  const number = (of: JobFilter): string =>
    new Intl.NumberFormat(t.locale).format(jobs.filter((job) => passes(of, job)).length);
  return (
    <>
      {jobs.length >= manyJobs && (
        <div class="row tight" role="group" aria-label={t('jobs_filter')}>
          {jobFilters.map((one) => (
            <button
              key={one}
              type="button"
              class="button compact job-filter"
              aria-pressed={one === filter}
              data-testid={`jobs-filter-${one}`}
              onClick={() => setFilter(one)}
            >
              <span class="number">{t('kinds_count', t(`jobs_filter_${one}`), number(one))}</span>
            </button>
          ))}
        </div>
      )}
      <ul class="stack job-list-cards" aria-label={t('jobs_tab')} data-testid="job-list-cards">
        {shown.map((job) => props.card(job))}
      </ul>
      {shown.length === 0 && <p class="quiet">{t('jobs_filter_none')}</p>}
    </>
  );
}

/** What there is to begin with; nothing runs yet. */
function NoJobs(props: { onKind: (kind: JobKind) => void }) {
  const t = useTranslate();
  return (
    <section class="stack jobs-none" aria-labelledby="jobs-none-title" data-testid="jobs-none">
      <h2 id="jobs-none-title">{t('jobs_none_title')}</h2>
      <p class="quiet">{t('jobs_none_text')}</p>
      <KindCards kind={null} onKind={props.onKind} />
      <p class="small quiet jobs-none-note">
        <Icon name="info" />
        {t('jobs_none_note')}
      </p>
    </section>
  );
}

/** The same array for as long as it holds the same: what depends on it is not asked again. */
function useSame(refs: readonly RefKey[]): readonly RefKey[] {
  const last = useRef(refs);
  return useMemo(() => {
    const before = last.current;
    const isSame = before.length === refs.length && before.every((ref, index) => ref === refs[index]);
    if (!isSame) last.current = refs;
    return last.current;
  }, [refs]);
}
