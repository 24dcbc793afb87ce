import { useId, useState } from 'preact/hooks';
import type { DeletionOutcome, Project } from '../../lib/messaging/protocol.ts';
import { type Projects, useTranslate } from '../hooks.tsx';
import { TwoSteps } from '../library/TwoSteps.tsx';
import { useAction } from '../library/use-action.ts';
import { projectName } from '../parts/StorageLine.tsx';

/** Deletes a project in two steps: what goes with it is chosen, and said, before. */
export function DeleteProject(props: {
  project: Project;
  projects: Projects;
  /** The last one stays: what is saved is saved into one. */
  isOnly: boolean;
  onDeleted: (outcome: DeletionOutcome) => void;
}) {
  const t = useTranslate();
  const name = useId();
  const { project, projects } = props;
  const { id } = project;
  const [isAsked, setAsked] = useState(false);
  const [data, setData] = useState(false);
  const { state, run, dismiss } = useAction<null>();
  if (!isAsked) {
    return (
      <div class="row">
        <button
          type="button"
          class="button danger"
          disabled={props.isOnly}
          data-testid={`delete-${id}`}
          onClick={() => {
            dismiss();
            setData(false);
            setAsked(true);
          }}
        >
          {t('project_delete')}
        </button>
        {props.isOnly && <span class="small quiet">{t('project_delete_last')}</span>}
      </div>
    );
  }
  const count = new Intl.NumberFormat(t.locale).format(project.savedCount);
  return (
    <TwoSteps
      question={t('project_delete_question', projectName(t, project), count)}
      confirm={t('project_delete_confirm')}
      running={state.step === 'running'}
      error={state.step === 'failed' ? state.error : null}
      testid={`delete-${id}`}
      onCancel={() => setAsked(false)}
      onConfirm={() =>
        void run(async () => {
          props.onDeleted(await projects.remove(id, data));
          return null;
        })
      }
    >
      {[false, true].map((withData) => {
        const what = withData ? 'data' : 'only';
        return (
          <label key={what} class="choice">
            <input
              type="radio"
              name={name}
              checked={data === withData}
              data-testid={`delete-${id}-${what}`}
              onChange={() => setData(withData)}
            />
            <span>
              {t(`project_delete_${what}`)}
              <span class="choice-help small quiet">{t(`project_delete_${what}_help`)}</span>
            </span>
          </label>
        );
      })}
      <p class="small">{t('project_delete_key')}</p>
    </TwoSteps>
  );
}
