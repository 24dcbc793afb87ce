import { useEffect, useRef, useState } from 'preact/hooks';
import { toAppError, type WireError } from '../../lib/core/errors.ts';
import { type Projects, useTranslate } from '../hooks.tsx';
import { ErrorNotice } from './ErrorNotice.tsx';

/** Characters of a project's name, as the worker takes them. */
const longestName = 80;

/** Makes a project, which then is the active one. `cancel`: it was opened by a click, and can be closed again. */
export function NewProject(props: { projects: Projects; onDone: () => void; cancel?: boolean }) {
  const t = useTranslate();
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (props.cancel) input.current?.focus();
  }, []);
  const create = async () => {
    if (name.trim() === '') return;
    setBusy(true);
    setError(null);
    try {
      await props.projects.create(name.trim());
      setName('');
      props.onDone();
    } catch (problem) {
      setError(toAppError(problem).toWire());
    }
    setBusy(false);
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      <div class="row nowrap">
        <input
          class="input"
          value={name}
          maxLength={longestName}
          placeholder={t('project_name')}
          aria-label={t('project_name')}
          autocomplete="off"
          data-testid="project-name"
          ref={input}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <button type="submit" class="button primary" disabled={busy || name.trim() === ''} data-testid="project-create">
          {t('action_create')}
        </button>
        {props.cancel && (
          <button type="button" class="button plain" onClick={props.onDone}>
            {t('action_cancel')}
          </button>
        )}
      </div>
      {error && <ErrorNotice error={error} />}
    </form>
  );
}
