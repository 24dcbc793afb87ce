import { type ComponentChildren } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { toAppError, type WireError } from '../../lib/core/errors.ts';
import type { Project } from '../../lib/messaging/protocol.ts';
import { type Projects, useTranslate } from '../hooks.tsx';
import { Switch } from '../parts/basics.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Icon } from '../parts/Icon.tsx';
import { projectName } from '../parts/StorageLine.tsx';
import { saveText } from '../save-text.ts';

/** Characters of a project's name, and days, as the worker takes them. */
const longestName = 80;
const mostDays = 36_500;

/** What is set for one project, and the key of its pseudonyms. */
export function ProjectSettings(props: { project: Project; projects: Projects }) {
  const t = useTranslate();
  const { project, projects } = props;
  const { id } = project;
  const [said, setSaid] = useState('');
  const [error, setError] = useState<WireError | null>(null);
  const run = (work: Promise<string>) => {
    setSaid('');
    setError(null);
    work.then(setSaid, (problem: unknown) => setError(toAppError(problem).toWire()));
  };
  const saveKey = async () => {
    const { name, text } = await projects.key(id);
    saveText(name, text);
    return t('health_report_saved', name);
  };
  return (
    <>
      <SavedField
        id={`name-${id}`}
        label={t('project_name')}
        value={project.name}
        placeholder={projectName(t, project)}
        check={(text) => (text.trim() === '' && project.name !== '' ? t('field_problem_required') : null)}
        save={(text) => projects.change(id, { name: text.trim() })}
        input={{ maxLength: longestName, autocomplete: 'off' }}
      />
      <KeepRawSwitch project={project} projects={projects} />
      <SavedField
        id={`retention-${id}`}
        label={t('project_retention')}
        unit={t('unit_days')}
        help={t('project_retention_help')}
        value={project.retentionDays === null ? '' : String(project.retentionDays)}
        placeholder={t('project_retention_never')}
        check={(text) => (isDays(text) ? null : t('field_problem_range', 1, mostDays))}
        save={(text) => projects.change(id, { retentionDays: text === '' ? null : Number(text) })}
        input={{ type: 'number', inputMode: 'numeric', min: 1, max: mostDays, step: 1 }}
      />
      <div class="stack">
        <p class="field-label">{t('project_key')}</p>
        <p class="small quiet">{t('project_key_help')}</p>
        <div class="row">
          <button type="button" class="button" data-testid={`key-${id}`} onClick={() => run(saveKey())}>
            <Icon name="key" />
            {t('project_key_save')}
          </button>
          <span class="small quiet user-text" role="status">
            {said}
          </span>
        </div>
        {error && <ErrorNotice error={error} inOptions />}
      </div>
    </>
  );
}

function isDays(text: string): boolean {
  return text === '' || (/^\d{1,5}$/u.test(text) && Number(text) >= 1 && Number(text) <= mostDays);
}

/** A switch that did not take goes back and says why. */
function KeepRawSwitch(props: { project: Project; projects: Projects }) {
  const t = useTranslate();
  const { project, projects } = props;
  const [chosen, setChosen] = useState<boolean | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const change = async (keepRaw: boolean) => {
    setChosen(keepRaw);
    setError(null);
    try {
      await projects.change(project.id, { keepRaw });
    } catch (problem) {
      setError(toAppError(problem).toWire());
    }
    setChosen(null);
  };
  return (
    <div class="stack">
      <Switch
        label={t('project_keep_raw')}
        help={t('project_keep_raw_help')}
        checked={chosen ?? project.keepRaw}
        testid={`keep-raw-${project.id}`}
        onChange={(keepRaw) => void change(keepRaw)}
      />
      {error && <ErrorNotice error={error} inOptions />}
    </div>
  );
}

/** A text that is taken over with a button: what it changes is not to happen while it is typed. */
function SavedField(props: {
  id: string;
  label: string;
  unit?: ComponentChildren;
  help?: string;
  value: string;
  placeholder: string;
  /** What is wrong with a text, in words; null: nothing. */
  check: (text: string) => string | null;
  save: (text: string) => Promise<void>;
  input: {
    readonly type?: 'number';
    readonly inputMode?: 'numeric';
    readonly min?: number;
    readonly max?: number;
    readonly step?: number;
    readonly maxLength?: number;
    readonly autocomplete?: 'off';
  };
}) {
  const t = useTranslate();
  const id = useId();
  const [text, setText] = useState(props.value);
  const [problem, setProblem] = useState<string | null>(null);
  const [state, setState] = useState<'idle' | 'running' | 'done'>('idle');
  const [error, setError] = useState<WireError | null>(null);
  // Changed here or on another page: the field shows what is stored.
  useEffect(() => setText(props.value), [props.value]);
  const save = async () => {
    const found = props.check(text);
    setProblem(found);
    setError(null);
    if (found !== null) return;
    setState('running');
    try {
      await props.save(text);
      setState('done');
    } catch (failure) {
      setError(toAppError(failure).toWire());
      setState('idle');
    }
  };
  return (
    <form
      class="field"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label for={id}>{props.label}</label>
      <div class="row">
        <input
          {...props.input}
          id={id}
          class={props.input.type === 'number' ? 'input number' : 'input narrow'}
          value={text}
          placeholder={props.placeholder}
          aria-invalid={problem ? 'true' : undefined}
          aria-describedby={`${id}-help`}
          data-testid={props.id}
          onInput={(event) => {
            // A number that is none has no value, and is not the empty field.
            setText(event.currentTarget.validity.badInput ? '?' : event.currentTarget.value);
            setState('idle');
          }}
        />
        {props.unit && <span class="quiet">{props.unit}</span>}
        <button
          type="submit"
          class="button"
          disabled={state === 'running' || text === props.value}
          data-testid={`${props.id}-save`}
        >
          {t('action_save')}
        </button>
        <span class="small quiet" role="status">
          {state === 'done' ? t('project_saved') : ''}
        </span>
      </div>
      <div id={`${id}-help`}>
        {problem && (
          <p class="field-problem" role="alert">
            {problem}
          </p>
        )}
        {props.help && <p class="small quiet">{props.help}</p>}
      </div>
      {error && <ErrorNotice error={error} inOptions />}
    </form>
  );
}
