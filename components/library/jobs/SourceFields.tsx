import { useMemo } from 'preact/hooks';
import type { RefKey } from '../../../lib/core/ref.ts';
import { type Projects, useTranslate } from '../../hooks.tsx';
import { ErrorNotice } from '../../parts/ErrorNotice.tsx';
import { ListInput } from './ListInput.tsx';
import { type JobDraft, type JobSource, kindsOf } from './new-job.ts';
import { ProjectChoice } from './ProjectChoice.tsx';
import type { PastedList } from './use-list.ts';
import type { ProjectRefs } from './use-project-refs.ts';

/** Of what a job is: a list that is pasted, what was selected, or what a project holds. */
export function SourceFields(props: {
  draft: JobDraft;
  selection: readonly RefKey[];
  projects: Projects;
  list: PastedList;
  inProject: ProjectRefs;
  /** What no API looks up. */
  leftOut: readonly RefKey[];
  problem: string | undefined;
  onChange: (part: Partial<JobDraft>) => void;
}) {
  const t = useTranslate();
  const { draft, selection, inProject, problem } = props;
  const sources: readonly JobSource[] = ['list', ...(selection.length > 0 ? (['selection'] as const) : []), 'project'];
  return (
    <section class="stack" aria-labelledby="new-job-of">
      <h3 id="new-job-of">{t('job_part_of')}</h3>
      <div class="row job-sources" role="radiogroup" aria-labelledby="new-job-of">
        {sources.map((source) => (
          <label key={source} class="row tight">
            <input
              type="radio"
              name="job-source"
              checked={source === draft.source}
              data-testid={`job-source-${source}`}
              onChange={() => props.onChange({ source })}
            />
            {source === 'selection'
              ? t('job_source_selection', new Intl.NumberFormat(t.locale).format(selection.length))
              : t(`job_source_${source}`)}
          </label>
        ))}
      </div>
      {draft.source === 'list' && <ListInput list={props.list} problem={problem} />}
      {draft.source === 'selection' && <Kinds refs={selection} />}
      {draft.source === 'project' && (
        <>
          <ProjectChoice
            id="job-from"
            label={t('job_project_from')}
            projects={props.projects}
            chosen={draft.from}
            canMake={false}
            onChoose={(from) => props.onChange({ from })}
          />
          {inProject.error && <ErrorNotice error={inProject.error} onRetry={inProject.reload} />}
          {inProject.refs && <Kinds refs={inProject.refs} />}
        </>
      )}
      {props.leftOut.length > 0 && (
        <p class="small quiet number" data-testid="job-left-out">
          {t(
            'job_left_out',
            [...kindsOf(props.leftOut)]
              .map(([kind, number]) => t('kinds_count', t(`kinds_${kind}`), number))
              .join(t('list_separator')),
          )}
        </p>
      )}
      {draft.source !== 'list' && problem && (
        <p class="field-problem" role="alert" data-testid="job-problem-refs">
          {problem}
        </p>
      )}
    </section>
  );
}

/** How many there are of each kind. */
function Kinds(props: { refs: readonly RefKey[] }) {
  const t = useTranslate();
  const kinds = useMemo(() => [...kindsOf(props.refs)], [props.refs]);
  const count = (value: number): string => new Intl.NumberFormat(t.locale).format(value);
  return (
    <p class="row tight" role="status" data-testid="job-kinds">
      {kinds.map(([kind, number]) => (
        <span key={kind} class="badge number">
          {t('kinds_count', t(`kinds_${kind}`), count(number))}
        </span>
      ))}
    </p>
  );
}
