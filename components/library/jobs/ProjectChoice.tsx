import { useState } from 'preact/hooks';
import { type Projects, useTranslate } from '../../hooks.tsx';
import { NewProject } from '../../parts/NewProject.tsx';
import { projectName } from '../../parts/StorageLine.tsx';

/** What the choice for a new project is called inside the list; no project has this id. */
const newProject = ' new';

/** A project of all there are, or with `onChoose` of a null a new one, which then is the active one. */
export function ProjectChoice(props: {
  id: string;
  label: string;
  projects: Projects;
  /** Null: the active one. */
  chosen: string | null;
  /** False: only those that exist. */
  canMake?: boolean;
  onChoose: (id: string | null) => void;
}) {
  const t = useTranslate();
  const { id, projects } = props;
  const [making, setMaking] = useState(false);
  const all = projects.value ?? [];
  if (making) {
    return (
      <div class="field">
        <span class="field-label">{t('project_new_title')}</span>
        <NewProject
          projects={projects}
          cancel
          onDone={() => {
            // A project that was just made is the active one.
            props.onChoose(null);
            setMaking(false);
          }}
        />
      </div>
    );
  }
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <select
        id={id}
        class="input"
        data-testid={id}
        value={props.chosen ?? all[0]?.id ?? ''}
        onChange={(event) => {
          const { value } = event.currentTarget;
          if (value === newProject) setMaking(true);
          else props.onChoose(value);
        }}
      >
        {all.map((project) => (
          <option key={project.id} value={project.id}>
            {t('project_choice', projectName(t, project), project.savedCount)}
          </option>
        ))}
        {props.canMake !== false && <option value={newProject}>{t('project_new')}</option>}
      </select>
    </div>
  );
}
