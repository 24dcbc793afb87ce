import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { toAppError, type WireError } from '../../lib/core/errors.ts';
import { type Credential, formFieldsOf, type FormSchema } from '../../lib/providers/provider.ts';
import type { CredentialValues } from '../credentials.ts';
import { checkFields, initialTexts, standardText, type Texts } from '../fields.ts';
import { useHost, useTranslate } from '../hooks.tsx';
import { Notice } from '../parts/basics.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { FieldInput } from '../parts/FieldInput.tsx';
import { Icon } from '../parts/Icon.tsx';

type Task = 'save' | 'test' | 'delete';

type Outcome =
  | { readonly kind: 'done'; readonly text: string }
  | { readonly kind: 'denied'; readonly origins: readonly string[] }
  | { readonly kind: 'failed'; readonly error: WireError };

/** What the form needs to know of a stored credential. */
export interface FormState {
  readonly saved: boolean;
  readonly values: Readonly<Record<string, string | readonly string[]>>;
  readonly storedSecrets: readonly string[];
}

/** Every action rejects with AppError. */
export interface FormActions {
  readonly save: (values: CredentialValues) => Promise<FormState>;
  /** Resolves with what there is to say of it. */
  readonly test: (values: CredentialValues) => Promise<string>;
  readonly remove: () => Promise<unknown>;
}

/** A key, drawn from what is said of its fields: of a provider, or of a place that files are sent to. */
export function CredentialForm(props: {
  /** Names its inputs and buttons; `name-<id>` is its heading. */
  id: string;
  /** The name that people know it by. */
  name: string;
  schema: FormSchema<Credential>;
  originsOf: (credential: Credential) => readonly string[];
  state: FormState | null;
  actions: FormActions;
  children?: ComponentChildren;
}) {
  const t = useTranslate();
  const host = useHost();
  const { id, name, schema, state, actions } = props;
  const form = useRef<HTMLFormElement>(null);
  const stored = JSON.stringify(state?.values ?? {});
  const [texts, setTexts] = useState<Texts>(() => initialTexts(schema, state?.values ?? {}));
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState<Task | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [asking, setAsking] = useState(false);

  // Saved or deleted, here or in another tab: the form shows what is stored, and typed secrets are gone.
  useEffect(() => setTexts(initialTexts(schema, state?.values ?? {})), [stored, state?.saved]);

  async function carryOut(
    task: Task,
    granted: Promise<boolean>,
    origins: readonly string[],
    work: () => Promise<string>,
  ) {
    setBusy(task);
    setOutcome(null);
    try {
      setOutcome((await granted) ? { kind: 'done', text: await work() } : { kind: 'denied', origins });
    } catch (error) {
      setOutcome({ kind: 'failed', error: toAppError(error).toWire() });
    } finally {
      setBusy(null);
    }
  }

  function saveOrTest(task: 'save' | 'test') {
    const checked = checkFields(t, schema, texts, state?.storedSecrets);
    setProblems(checked.problems);
    const wrong = Object.keys(checked.problems)[0];
    if (wrong || !checked.parsed) {
      setOutcome(null);
      form.current?.querySelector<HTMLElement>(`[name="${wrong}"]`)?.focus();
      return;
    }
    // Still within the click: browsers ask for a permission at no other time.
    const origins = props.originsOf(checked.parsed);
    const granted = host.requestOrigins(origins);
    void carryOut(task, granted, origins, async () => {
      if (task === 'test') return actions.test(checked.values);
      const saved = await actions.save(checked.values);
      setTexts(initialTexts(schema, saved.values));
      return t('credential_saved', origins.join(', '));
    });
  }

  function remove() {
    setAsking(false);
    void carryOut('delete', Promise.resolve(true), [], async () => {
      await actions.remove();
      setProblems({});
      return t('credential_deleted');
    });
  }

  return (
    <form
      ref={form}
      class="stack provider-form"
      novalidate
      autocomplete="off"
      aria-labelledby={`name-${id}`}
      onSubmit={(event) => {
        event.preventDefault();
        saveOrTest('save');
      }}
    >
      {props.children}
      {formFieldsOf(schema).map((field) => (
        <FieldInput
          key={field.name}
          id={`credential-${id}-${field.name}`}
          field={field}
          text={texts[field.name] ?? ''}
          isStored={state?.storedSecrets.includes(field.name) ?? false}
          standard={standardText(schema, field)}
          problem={problems[field.name]}
          onText={(text) => {
            setTexts((before) => ({ ...before, [field.name]: text }));
            setProblems(({ [field.name]: _mended, ...others }) => others);
          }}
        />
      ))}
      <div class="row">
        <button type="submit" class="button primary" disabled={busy !== null} data-testid={`save-${id}`}>
          {busy === 'save' && <Icon name="refresh" spinning />}
          {t('action_save')}
        </button>
        <button
          type="button"
          class="button"
          disabled={busy !== null}
          data-testid={`test-${id}`}
          onClick={() => saveOrTest('test')}
        >
          {busy === 'test' && <Icon name="refresh" spinning />}
          {t('action_test')}
        </button>
        {state?.saved && !asking && (
          <button
            type="button"
            class="button plain danger"
            disabled={busy !== null}
            data-testid={`delete-${id}`}
            onClick={() => setAsking(true)}
          >
            {t('action_delete')}
          </button>
        )}
        {asking && (
          <span class="row" role="group" aria-label={t('credential_delete_question')}>
            <span>{t('credential_delete_question')}</span>
            <button type="button" class="button danger" data-testid={`delete-confirm-${id}`} onClick={remove}>
              {t('action_delete')}
            </button>
            <button type="button" class="button" onClick={() => setAsking(false)}>
              {t('action_keep')}
            </button>
          </span>
        )}
      </div>
      {outcome && <OutcomeNotice outcome={outcome} id={id} name={name} />}
    </form>
  );
}

function OutcomeNotice(props: { outcome: Outcome; id: string; name: string }) {
  const t = useTranslate();
  const { outcome, id, name } = props;
  if (outcome.kind === 'failed') return <ErrorNotice error={outcome.error} inOptions />;
  if (outcome.kind === 'denied') {
    return (
      <Notice tone="warn" title={t('credential_denied_title')} live testid={`outcome-${id}`}>
        <p>{t('credential_denied', outcome.origins.join(', '), name)}</p>
      </Notice>
    );
  }
  return (
    <Notice tone="good" live testid={`outcome-${id}`}>
      <p>{outcome.text}</p>
    </Notice>
  );
}
