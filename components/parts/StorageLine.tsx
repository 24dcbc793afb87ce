import { useState } from 'preact/hooks';
import { toAppError, type WireError } from '../../lib/core/errors.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import type { PageView, Project } from '../../lib/messaging/protocol.ts';
import { type Projects, type Saving, useTranslate } from '../hooks.tsx';
import { Switch } from './basics.tsx';
import { ErrorNotice } from './ErrorNotice.tsx';
import { Icon } from './Icon.tsx';

/** A project by its name; the first one has none of its own. */
export function projectName(t: Translate, project: Project): string {
  return project.name || t('project_first');
}

/** Where the data of this page goes, and the switch that changes it. Always visible where a page is. */
export function StorageLine(props: { page: PageView; projects: Projects }) {
  const t = useTranslate();
  const { project } = props.page;
  return (
    <section class="storage-line" aria-label={t('storage_title')} data-testid="storage-state">
      <p class={project.recording ? 'storage-state recording' : 'storage-state'} role="status">
        <Icon name={project.recording ? 'record' : 'clock'} />
        <span class="user-text">
          {project.recording ? t('bar_recording', projectName(t, project)) : t('bar_until_closed')}
        </span>
      </p>
      <RecordSwitch project={project} projects={props.projects} />
    </section>
  );
}

/** Saves what the tab's buffer holds and the active project does not. */
export function SaveAllButton(props: { page: PageView; saving: Saving }) {
  const t = useTranslate();
  const { page, saving } = props;
  const count = page.unsavedCount;
  const running = saving.state.step === 'running';
  return (
    <button
      type="button"
      class="button"
      disabled={running || count === 0}
      data-testid="save-all"
      onClick={() => saving.run(null)}
    >
      <Icon name={running ? 'refresh' : count === 0 ? 'check' : 'save'} spinning={running} />
      <span class="number">{count === 0 ? t('save_nothing_left') : t('action_save_all', count)}</span>
    </button>
  );
}

/** Whether everything that pages show is saved into this project. A switch that did not take goes back and says why. */
export function RecordSwitch(props: { project: Project; projects: Projects }) {
  const t = useTranslate();
  const { project, projects } = props;
  const [error, setError] = useState<WireError | null>(null);
  const [chosen, setChosen] = useState<boolean | null>(null);
  const record = async (recording: boolean) => {
    setChosen(recording);
    setError(null);
    try {
      await projects.record(project.id, recording);
    } catch (problem) {
      setError(toAppError(problem).toWire());
    }
    setChosen(null);
  };
  return (
    <div class="record-switch">
      <Switch
        label={t('record_switch')}
        name={t('record_into', projectName(t, project))}
        checked={chosen ?? project.recording}
        testid={`record-${project.id}`}
        onChange={(recording) => void record(recording)}
      />
      {error && <ErrorNotice error={error} />}
    </div>
  );
}
