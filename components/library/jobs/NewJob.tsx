import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { toAppError, type WireError } from '../../../lib/core/errors.ts';
import type { JobKind } from '../../../lib/core/job.ts';
import type { RefKey } from '../../../lib/core/ref.ts';
import type { Job, LibraryService } from '../../../lib/messaging/protocol.ts';
import { useCredentials } from '../../credentials.ts';
import { type Projects, useNow, useTimeZone, useTranslate } from '../../hooks.tsx';
import { type Jobs, useJobPreview } from '../../jobs.ts';
import { ErrorNotice } from '../../parts/ErrorNotice.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { projectName } from '../../parts/StorageLine.tsx';
import { dayStart } from './day-start.ts';
import { JobPreviewPart } from './JobPreviewPart.tsx';
import { KindCards } from './KindCards.tsx';
import { ListingFields } from './ListingFields.tsx';
import { askableOf, checkJob, type JobDraft, kindsOf, longestName, newDraft, suggestedName } from './new-job.ts';
import { ProjectChoice } from './ProjectChoice.tsx';
import { readyProviders } from './ready.ts';
import { SourceFields } from './SourceFields.tsx';
import { useList } from './use-list.ts';
import { useProjectRefs } from './use-project-refs.ts';
import { WatchFields } from './WatchFields.tsx';
import { startingRules } from './watch-rules.ts';

const noRefs: readonly RefKey[] = [];

/** A new job on one page: what it does, of what, where it goes, and what it takes, before anything is asked. */
export function NewJob(props: {
  service: LibraryService;
  kind: JobKind;
  selection: readonly RefKey[];
  jobs: Jobs;
  projects: Projects;
  onStarted: (job: Job) => void;
  onClose: () => void;
}) {
  const t = useTranslate();
  const zone = useTimeZone();
  const now = useNow(60_000);
  const { selection, projects } = props;
  const [draft, setDraft] = useState<JobDraft>(() => newDraft(props.kind, selection.length));
  const [tried, setTried] = useState(false);
  const [starting, setStarting] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const box = useRef<HTMLElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const list = useList();
  const states = useCredentials().value ?? [];
  const change = (part: Partial<JobDraft>) => setDraft((before) => ({ ...before, ...part }));
  useEffect(() => title.current?.focus(), []);

  const active = projects.value?.[0] ?? null;
  const from = draft.kind !== 'listing' && draft.source === 'project' ? (draft.from ?? active?.id ?? null) : null;
  // What a project holds goes on belonging to it.
  const into = draft.into ?? from;
  const inProject = useProjectRefs(props.service, from);
  const source = { list: list.refs, selection, project: inProject.refs }[draft.source];
  const split = useMemo(() => (source ? askableOf(source) : null), [source]);
  const refs = split?.askable ?? null;
  const kinds = useMemo(() => new Set(kindsOf(refs ?? []).keys()), [refs]);
  const ready = useMemo(() => readyProviders(states), [states]);
  const currency = (refs ?? []).some((ref) => ref.startsWith('douyin:')) ? 'CNY' : 'USD';
  const rules = draft.rules ?? startingRules(kinds, currency);
  const checked = useMemo(
    () => checkJob(t, draft, { refs, ready, rules, dayStart: (day) => dayStart(day, zone) }),
    // The rules follow from the draft or, while nobody changed them, from the kinds.
    [t, draft, refs, ready, zone, kinds, currency],
  );
  const preview = useJobPreview(checked.plan && withoutRules(checked.plan), checked.refs);
  const problems = tried ? checked.problems : {};
  const about = draft.kind === 'listing' ? null : projects.value?.find(({ id }) => id === from);
  const suggested = suggestedName(t, checked, draft, { now, zone }, about ? projectName(t, about) : null);
  const { count = 0, unanswerable } = preview.value ?? {};
  // Of an author whom nobody looks up, somebody may list the new posts.
  const nobody = draft.kind !== 'watchlist' && count > 0 && (unanswerable?.count ?? 0) >= count;

  async function start(): Promise<void> {
    setTried(true);
    const { plan, refs: things } = checked;
    if (!plan || !things) {
      // After the problems are drawn.
      setTimeout(() => box.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setStarting(true);
    setError(null);
    try {
      const name = draft.name.trim() || suggested;
      props.onStarted(await props.jobs.create({ name, project: into, plan, refs: things }));
    } catch (problem) {
      setError(toAppError(problem).toWire());
      setStarting(false);
    }
  }

  return (
    <section ref={box} class="card new-job" aria-labelledby="new-job-title" data-testid="new-job">
      <header class="row spread">
        <h2 id="new-job-title" ref={title} tabIndex={-1}>
          {t('job_new_title')}
        </h2>
        <button
          type="button"
          class="button compact icon-only plain"
          aria-label={t('action_close')}
          title={t('action_close')}
          data-testid="new-job-close"
          onClick={props.onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      <KindCards
        kind={draft.kind}
        onKind={(kind) => {
          setTried(false);
          change({
            kind,
            ...(draft.source === 'list' && kind === 'availability' && list.text === '' && { source: 'project' }),
          });
        }}
      />
      <div class="new-job-columns">
        <div class="new-job-fields">
          {draft.kind === 'listing' ? (
            <ListingFields
              draft={draft.listing}
              ready={ready}
              problems={problems}
              onChange={(part) => change({ listing: { ...draft.listing, ...part } })}
            />
          ) : (
            <SourceFields
              draft={draft}
              selection={selection}
              projects={projects}
              list={list}
              inProject={inProject}
              leftOut={split?.others ?? noRefs}
              problem={problems['refs']}
              onChange={change}
            />
          )}
          {draft.kind === 'watchlist' && (
            <WatchFields
              draft={draft}
              rules={rules}
              kinds={kinds}
              currency={currency}
              problems={problems}
              onChange={change}
            />
          )}
          <section class="stack" aria-labelledby="new-job-save">
            <h3 id="new-job-save">{t('job_part_save')}</h3>
            <div class="new-job-pair">
              <ProjectChoice
                id="job-project"
                label={t('job_project_into')}
                projects={projects}
                chosen={into}
                onChoose={(into) => change({ into })}
              />
              <div class="field">
                <label for="job-name">{t('job_name')}</label>
                <input
                  id="job-name"
                  class="input"
                  type="text"
                  autocomplete="off"
                  maxLength={longestName}
                  value={draft.name}
                  placeholder={suggested}
                  data-testid="job-name"
                  onInput={(event) => change({ name: event.currentTarget.value })}
                />
              </div>
            </div>
          </section>
        </div>
        <aside class="new-job-preview" aria-labelledby="new-job-takes">
          <h3 id="new-job-takes">{t('job_part_takes')}</h3>
          <JobPreviewPart
            draft={draft}
            checked={checked}
            reading={draft.kind !== 'listing' && refs === null && inProject.error === null}
            preview={preview}
            states={states}
            onRefresh={(refresh) => change({ refresh })}
          />
          {error && <ErrorNotice error={error} onRetry={() => void start()} />}
          <button
            type="button"
            class="button primary"
            disabled={starting || nobody}
            data-testid="job-start"
            onClick={() => void start()}
          >
            <Icon name={starting ? 'refresh' : 'play'} spinning={starting} />
            <span class="number">{startLabel()}</span>
          </button>
        </aside>
      </div>
    </section>
  );

  function startLabel(): string {
    const things = checked.refs?.length ?? 0;
    if (draft.kind === 'listing' || things === 0) return t(`job_start_${draft.kind}`);
    return t('kinds_count', t(`job_start_${draft.kind}`), new Intl.NumberFormat(t.locale).format(things));
  }
}

/** What a watchlist tells of costs nothing: a preview need not be asked again while rules are written. */
function withoutRules<Plan extends { readonly kind: string }>(plan: Plan): Plan {
  return plan.kind === 'watchlist' ? { ...plan, rules: [] } : plan;
}
