import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { toAppError, type WireError } from '../../lib/core/errors.ts';
import type { Project } from '../../lib/messaging/protocol.ts';
import { type Projects, useTranslate } from '../hooks.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { NewProject } from '../parts/NewProject.tsx';
import { projectName } from '../parts/StorageLine.tsx';

/** What the choice for a new project is called inside the list; no project has this id. */
const newProject = ' new';

/** The project that saves go into: choose another, or make one. The button that saves stands beside it. */
export function ProjectPicker(props: { active: Project; projects: Projects; children: ComponentChildren }) {
  const t = useTranslate();
  const { active, projects } = props;
  const [making, setMaking] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const all = projects.value ?? [active];
  const choose = (id: string) => {
    if (id === newProject) setMaking(true);
    else {
      setError(null);
      projects.choose(id).catch((problem: unknown) => setError(toAppError(problem).toWire()));
    }
  };
  if (making) return <NewProject projects={projects} cancel onDone={() => setMaking(false)} />;
  return (
    <div class="stack">
      <div class="row nowrap project-picker">
        <select
          aria-label={t('project_label')}
          title={t('project_label')}
          class="input"
          data-testid="project"
          value={active.id}
          onChange={(event) => {
            const select = event.currentTarget;
            const { value } = select;
            // What is shown is what is active: the worker's answer changes it.
            select.value = active.id;
            choose(value);
          }}
        >
          {all.map((project) => (
            <option key={project.id} value={project.id}>
              {t('project_choice', projectName(t, project), project.savedCount)}
            </option>
          ))}
          <option value={newProject}>{t('project_new')}</option>
        </select>
        {props.children}
      </div>
      {error && <ErrorNotice error={error} />}
    </div>
  );
}
