import { useMemo, useState } from 'preact/hooks';
import type { RecordType } from '../../lib/core/record.ts';
import type { RefKey } from '../../lib/core/ref.ts';
import type { DeletionOutcome, Project } from '../../lib/messaging/protocol.ts';
import { useProjects, useTranslate } from '../hooks.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Icon } from '../parts/Icon.tsx';
import { projectName } from '../parts/StorageLine.tsx';
import { countText } from './cell-text.ts';
import { useDeletions } from './deletions.ts';
import { type Exportable, LibraryExport } from './LibraryExport.tsx';
import { Popover } from './Popover.tsx';
import { mostCompared } from './route.ts';
import { useLibrary } from './service.tsx';
import { TagsOfSelection } from './TagsPart.tsx';
import { TwoSteps } from './TwoSteps.tsx';
import { useAction } from './use-action.ts';
import { useWorkspace } from './workspace.tsx';

/** What providers can be asked about. */
const askable: ReadonlySet<RecordType> = new Set([
  'post',
  'product',
  'author',
  'comment',
  'live',
  'shop',
  'collection',
  'music',
  'hashtag',
]);

/** What can be done with the selected records; stands below the table while there are any. */
export function SelectionActions(props: {
  type: RecordType;
  selected: ReadonlySet<RefKey>;
  /** What the table shows, which can be exported instead. */
  found: Exportable;
  onClear: () => void;
  onDeleted: (outcome: DeletionOutcome) => void;
}) {
  const t = useTranslate();
  const { go, handOver } = useWorkspace();
  const { type, selected } = props;
  const refs = useMemo(() => [...selected], [selected]);
  const [asking, setAsking] = useState(false);
  const comparable = type === 'post' || type === 'product';
  const fits = refs.length >= 2 && refs.length <= mostCompared;
  return (
    <section class="selection-actions" aria-label={t('selection_title')} data-testid="selection">
      {asking && <DeleteSelected refs={refs} onCancel={() => setAsking(false)} onDeleted={props.onDeleted} />}
      <div class="row tight">
        <span class="selection-count number" role="status">
          {t('selection_count', countText(refs.length, t.locale))}
        </span>
        <LibraryExport
          selection={{ count: refs.length, refs: () => Promise.resolve(refs) }}
          result={props.found}
          begin="selection"
          testid="export-selected"
        />
        <Popover label={t('library_tags')} name={t('library_tags_title')} icon="tag" testid="tag-selected">
          {() => <TagsOfSelection refs={refs} />}
        </Popover>
        <Popover label={t('library_projects')} name={t('library_projects')} icon="folder" testid="project-selected">
          {() => <ProjectsOfSelection refs={refs} />}
        </Popover>
        {comparable && (
          <button
            type="button"
            class="button compact"
            disabled={!fits}
            title={fits ? undefined : t('library_compare_how', mostCompared)}
            data-testid="compare-selected"
            onClick={() => go({ view: 'compare', refs })}
          >
            <Icon name="compare" />
            {t('library_compare')}
          </button>
        )}
        {askable.has(type) && (
          <>
            <button
              type="button"
              class="button compact"
              title={t('library_look_up_help')}
              data-testid="look-up-selected"
              onClick={() => handOver({ kind: 'batch', refs })}
            >
              <Icon name="search" />
              {t('action_look_up')}
            </button>
            <button
              type="button"
              class="button compact"
              title={t('library_watch_help')}
              data-testid="watch-selected"
              onClick={() => handOver({ kind: 'watchlist', refs })}
            >
              <Icon name="eye" />
              {t('library_watch')}
            </button>
            <button
              type="button"
              class="button compact"
              title={t('library_availability_help')}
              data-testid="availability-selected"
              onClick={() => handOver({ kind: 'availability', refs })}
            >
              <Icon name="check" />
              {t('library_availability')}
            </button>
          </>
        )}
        <button
          type="button"
          class="button compact danger"
          aria-expanded={asking}
          data-testid="delete-selected"
          onClick={() => setAsking(!asking)}
        >
          <Icon name="trash" />
          {t('library_delete')}
        </button>
        <button
          type="button"
          class="button compact icon-only plain"
          title={t('selection_clear')}
          aria-label={t('selection_clear')}
          data-testid="select-none"
          onClick={props.onClear}
        >
          <Icon name="close" />
        </button>
      </div>
    </section>
  );
}

function DeleteSelected(props: {
  refs: readonly RefKey[];
  onCancel: () => void;
  onDeleted: (outcome: DeletionOutcome) => void;
}) {
  const t = useTranslate();
  const { deleteRefs } = useDeletions();
  const { refresh } = useLibrary();
  const { state, run } = useAction<void>();
  return (
    <TwoSteps
      question={t('library_delete_question', countText(props.refs.length, t.locale))}
      confirm={t('library_delete')}
      running={state.step === 'running'}
      error={state.step === 'failed' ? state.error : null}
      testid="delete-question"
      onCancel={props.onCancel}
      onConfirm={() =>
        void run(async () => {
          const outcome = await deleteRefs(props.refs);
          await refresh(props.refs);
          props.onDeleted(outcome);
        })
      }
    >
      <p class="small">{t('library_delete_help')}</p>
    </TwoSteps>
  );
}

/** "Deleted: 3 records with 14 observations." */
export function deletedText(t: ReturnType<typeof useTranslate>, outcome: DeletionOutcome): string {
  return t('library_deleted', countText(outcome.records, t.locale), countText(outcome.observations, t.locale));
}

function ProjectsOfSelection(props: { refs: readonly RefKey[] }) {
  const t = useTranslate();
  const projects = useProjects();
  const { addTo, removeFrom } = useDeletions();
  const { refresh } = useLibrary();
  const action = useAction<string>();
  const change = (work: typeof addTo, project: Project, done: string) =>
    void action.run(async () => {
      await work(project.id, props.refs);
      await refresh(props.refs);
      return t(done, countText(props.refs.length, t.locale), projectName(t, project));
    });
  return (
    <div class="stack selection-projects">
      <p class="small quiet">{t('library_projects_help')}</p>
      <ul class="stack">
        {(projects.value ?? []).map((project) => (
          <li key={project.id} class="row nowrap spread">
            <span class="user-text">{projectName(t, project)}</span>
            <span class="row nowrap">
              <button
                type="button"
                class="button compact"
                data-testid={`project-add-${project.id}`}
                onClick={() => change(addTo, project, 'library_project_added')}
              >
                {t('library_project_add')}
              </button>
              <button
                type="button"
                class="button compact"
                data-testid={`project-remove-${project.id}`}
                onClick={() => change(removeFrom, project, 'library_project_removed')}
              >
                {t('library_project_remove')}
              </button>
            </span>
          </li>
        ))}
      </ul>
      <p class="small quiet" role="status">
        {action.state.step === 'done' ? action.state.outcome : ''}
      </p>
      {action.state.step === 'failed' && <ErrorNotice error={action.state.error} />}
    </div>
  );
}
