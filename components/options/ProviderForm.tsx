import { useEffect, useRef, useState } from 'preact/hooks';
import { toAppError, type WireError } from '../../lib/core/errors.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import type { CredentialState } from '../../lib/messaging/protocol.ts';
import { fieldsOf, type Provider } from '../../lib/providers/provider.ts';
import type { Credentials } from '../credentials.ts';
import { checkFields, initialTexts, standardText, type Texts } from '../fields.ts';
import { useHost, useTranslate } from '../hooks.tsx';
import { Notice } from '../parts/basics.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { FieldInput } from '../parts/FieldInput.tsx';
import { Icon } from '../parts/Icon.tsx';
import { providerName } from '../show.ts';
import { QuotaLine, quotaText } from './QuotaLine.tsx';

type Task = 'save' | 'test' | 'delete';

type Outcome =
  | { readonly kind: 'done'; readonly text: string }
  | { readonly kind: 'denied'; readonly origins: readonly string[] }
  | { readonly kind: 'failed'; readonly error: WireError };

/** The key of one provider: drawn from what the provider says of its own fields. */
export function ProviderForm(props: { provider: Provider; state: CredentialState | null; credentials: Credentials }) {
  const t = useTranslate();
  const host = useHost();
  const { provider, state, credentials } = props;
  const form = useRef<HTMLFormElement>(null);
  const stored = JSON.stringify(state?.values ?? {});
  const [texts, setTexts] = useState<Texts>(() => initialTexts(provider.credential, state?.values ?? {}));
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState<Task | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [asking, setAsking] = useState(false);

  // Saved or deleted, here or in another tab: the form shows what is stored, and typed secrets are gone.
  useEffect(() => setTexts(initialTexts(provider.credential, state?.values ?? {})), [stored, state?.saved]);

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
    const checked = checkFields(t, provider.credential, texts, state?.storedSecrets);
    setProblems(checked.problems);
    const wrong = Object.keys(checked.problems)[0];
    if (wrong || !checked.parsed) {
      setOutcome(null);
      form.current?.querySelector<HTMLElement>(`[name="${wrong}"]`)?.focus();
      return;
    }
    // Still within the click: browsers ask for a permission at no other time.
    const origins = provider.origins(checked.parsed);
    const granted = host.requestOrigins(origins);
    void carryOut(task, granted, origins, async () => {
      if (task === 'test') return testText(t, await credentials.test(provider.id, checked.values));
      const saved = await credentials.save(provider.id, checked.values);
      setTexts(initialTexts(provider.credential, saved.values));
      return t('credential_saved', origins.join(', '));
    });
  }

  function remove() {
    setAsking(false);
    void carryOut('delete', Promise.resolve(true), [], async () => {
      await credentials.remove(provider.id);
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
      aria-labelledby={`name-${provider.id}`}
      onSubmit={(event) => {
        event.preventDefault();
        saveOrTest('save');
      }}
    >
      {state?.quota && <QuotaLine quota={state.quota} />}
      {fieldsOf(provider).map((field) => (
        <FieldInput
          key={field.name}
          id={`credential-${provider.id}-${field.name}`}
          field={field}
          text={texts[field.name] ?? ''}
          isStored={state?.storedSecrets.includes(field.name) ?? false}
          standard={standardText(provider.credential, field)}
          problem={problems[field.name]}
          onText={(text) => {
            setTexts((before) => ({ ...before, [field.name]: text }));
            setProblems(({ [field.name]: _mended, ...others }) => others);
          }}
        />
      ))}
      <div class="row">
        <button type="submit" class="button primary" disabled={busy !== null} data-testid={`save-${provider.id}`}>
          {busy === 'save' && <Icon name="refresh" spinning />}
          {t('action_save')}
        </button>
        <button
          type="button"
          class="button"
          disabled={busy !== null}
          data-testid={`test-${provider.id}`}
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
            data-testid={`delete-${provider.id}`}
            onClick={() => setAsking(true)}
          >
            {t('action_delete')}
          </button>
        )}
        {asking && (
          <span class="row" role="group" aria-label={t('credential_delete_question')}>
            <span>{t('credential_delete_question')}</span>
            <button type="button" class="button danger" data-testid={`delete-confirm-${provider.id}`} onClick={remove}>
              {t('action_delete')}
            </button>
            <button type="button" class="button" onClick={() => setAsking(false)}>
              {t('action_keep')}
            </button>
          </span>
        )}
      </div>
      {outcome && <OutcomeNotice outcome={outcome} provider={provider} />}
    </form>
  );
}

function OutcomeNotice(props: { outcome: Outcome; provider: Provider }) {
  const t = useTranslate();
  const { outcome, provider } = props;
  if (outcome.kind === 'failed') return <ErrorNotice error={outcome.error} inOptions />;
  if (outcome.kind === 'denied') {
    return (
      <Notice tone="warn" title={t('credential_denied_title')} live testid={`outcome-${provider.id}`}>
        <p>{t('credential_denied', outcome.origins.join(', '), providerName(t, provider.id))}</p>
      </Notice>
    );
  }
  return (
    <Notice tone="good" live testid={`outcome-${provider.id}`}>
      <p>{outcome.text}</p>
    </Notice>
  );
}

function testText(t: Translate, state: CredentialState): string {
  return state.quota ? `${t('credential_accepted')} ${quotaText(t, state.quota)}` : t('credential_accepted');
}
