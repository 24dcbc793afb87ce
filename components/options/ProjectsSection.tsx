import { useState } from 'preact/hooks';
import { toAppError, type WireError } from '../../lib/core/errors.ts';
import type { DeletionOutcome, Project } from '../../lib/messaging/protocol.ts';
import { type Projects, useProjects, useTranslate } from '../hooks.tsx';
import { Disclosure, Notice } from '../parts/basics.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { NewProject } from '../parts/NewProject.tsx';
import { projectName, RecordSwitch } from '../parts/StorageLine.tsx';
import { DeleteProject } from './DeleteProject.tsx';
import { ProjectSettings } from './ProjectSettings.tsx';
import { Section } from './Section.tsx';

/** The studies: which one saves go into, whether it records, what it keeps and for how long. */
export function ProjectsSection() {
  const t = useTranslate();
  const projects = useProjects();
  const [error, setError] = useState<WireError | null>(null);
  const [deleted, setDeleted] = useState<DeletionOutcome | null>(null);
  const count = (value: number) => new Intl.NumberFormat(t.locale).format(value);
  // In an order that stays when another one becomes active, which comes first in the worker's.
  const active = projects.value?.[0]?.id;
  const listed = [...(projects.value ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1));
  const choose = (id: string) => {
    setError(null);
    projects.choose(id).catch((problem: unknown) => setError(toAppError(problem).toWire()));
  };
  return (
    <Section id="projects" lead={t('options_projects_lead')}>
      {projects.error && <ErrorNotice error={projects.error} onRetry={projects.reload} inOptions />}
      {deleted && (
        <Notice tone="good" live testid="project-deleted" onClose={() => setDeleted(null)}>
          <p>{t('project_deleted', count(deleted.records), count(deleted.observations))}</p>
        </Notice>
      )}
      <div class="card rows">
        {listed.map((project) => (
          <ProjectRow
            key={project.id}
            project={project}
            projects={projects}
            active={project.id === active}
            isOnly={listed.length === 1}
            choose={() => choose(project.id)}
            onDeleted={setDeleted}
          />
        ))}
        <div class="stack">
          {error && <ErrorNotice error={error} inOptions />}
          <h3>{t('project_new_title')}</h3>
          <NewProject projects={projects} onDone={() => undefined} />
        </div>
      </div>
    </Section>
  );
}

function ProjectRow(props: {
  project: Project;
  projects: Projects;
  active: boolean;
  isOnly: boolean;
  choose: () => void;
  onDeleted: (outcome: DeletionOutcome) => void;
}) {
  const t = useTranslate();
  const { project, projects, active } = props;
  const name = projectName(t, project);
  return (
    <div class="stack" data-testid="project-row" data-active={active}>
      <div class="project-row">
        <label class="row nowrap">
          <input
            type="radio"
            name="active-project"
            checked={active}
            data-testid={`choose-${project.id}`}
            onChange={props.choose}
          />
          <span>
            <b class="user-text">{name}</b> {active && <span class="badge accent">{t('project_active')}</span>}
            <span class="quiet small project-count number">{t('project_saved_count', project.savedCount)}</span>
          </span>
        </label>
        <RecordSwitch project={project} projects={projects} />
      </div>
      <Disclosure
        summary={
          <>
            <span aria-hidden="true">{t('project_settings')}</span>
            <span class="unseen">{t('project_settings_of', name)}</span>
          </>
        }
        testid={`settings-${project.id}`}
      >
        <div class="rows project-settings">
          <ProjectSettings project={project} projects={projects} />
          <DeleteProject project={project} projects={projects} isOnly={props.isOnly} onDeleted={props.onDeleted} />
        </div>
      </Disclosure>
    </div>
  );
}
