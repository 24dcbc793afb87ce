import { useRef, useState } from 'preact/hooks';
import { toAppError, type WireError } from '../../lib/core/errors.ts';
import type { RefKey } from '../../lib/core/ref.ts';
import type { CredentialState } from '../../lib/messaging/protocol.ts';
import { providerById } from '../../lib/providers/index.ts';
import { formFieldsOf } from '../../lib/providers/provider.ts';
import type { ApiLists } from '../api-lists.ts';
import { checkFields, initialTexts, standardText, type Texts } from '../fields.ts';
import { useHost, useTranslate } from '../hooks.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { FieldInput } from '../parts/FieldInput.tsx';
import { Icon } from '../parts/Icon.tsx';
import { providerName } from '../show.ts';
import { begunLists, isListOfItems, listOf, type OfferedList } from './api-list.ts';
import { ApiListResult } from './ApiListResult.tsx';
import { ListRunner } from './ListRunner.tsx';

/** One list that an API can give: whom to ask, what for, how many pages, and what came. */
export function ApiList(props: {
  tabId: number;
  offered: OfferedList;
  subjectName: string | null;
  lists: ApiLists;
  states: readonly CredentialState[];
  open: (ref: RefKey) => void;
}) {
  const t = useTranslate();
  const host = useHost();
  const { offered, lists } = props;
  const { capability, subject, offers } = offered;
  const begun = begunLists(lists.lists.value ?? [], offered);
  const latest = begun.at(-1);
  const [isOpen, setOpen] = useState(latest !== undefined);
  const [chosen, setProvider] = useState<string | null>(null);
  const [texts, setTexts] = useState<Texts | null>(null);
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const form = useRef<HTMLFormElement>(null);

  const withKey = offers.filter(({ hasKey }) => hasKey);
  const provider =
    withKey.find((offer) => offer.provider === (chosen ?? latest?.provider))?.provider ?? withKey[0]?.provider;
  const entry = provider === undefined ? undefined : providerById(provider)?.capabilities[capability];
  const query = entry?.query;
  const fields = query ? formFieldsOf(query) : [];
  const shown = texts ?? (query ? initialTexts(query, latest?.provider === provider ? (latest?.query ?? {}) : {}) : {});
  const asked = Object.fromEntries(fields.map(({ name }) => [name, shown[name] ?? '']));
  const list = provider === undefined ? null : listOf(begun, provider, asked);
  const state = props.states.find((candidate) => candidate.provider === provider);
  const base = capability.replace('.', '-');

  async function run(pages: number) {
    if (provider === undefined) return;
    if (query) {
      const checked = checkFields(t, query, shown);
      setProblems(checked.problems);
      const wrong = Object.keys(checked.problems)[0];
      if (wrong) {
        form.current?.querySelector<HTMLElement>(`[name="${wrong}"]`)?.focus();
        return;
      }
    }
    setAsking(true);
    setError(null);
    try {
      const trimmed = Object.fromEntries(Object.entries(asked).map(([name, text]) => [name, text.trim()]));
      await lists.run({ capability, provider, subject, query: trimmed, pages });
    } catch (problem) {
      setError(toAppError(problem).toWire());
    } finally {
      setAsking(false);
    }
  }

  return (
    <details
      class="disclosure card api-list"
      open={isOpen}
      data-testid={`api-${base}`}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary data-testid={`api-open-${base}`}>
        <Icon name="chevron" />
        <span class="api-list-name">
          {t(`api_${capability.replace('.', '_')}`)}
          {props.subjectName && <bdi class="quiet user-text"> {props.subjectName}</bdi>}
        </span>
        {list && <span class="badge number">{list.refs.length}</span>}
      </summary>
      {isOpen && (
        <div class="stack">
          {provider === undefined ? (
            <div class="row spread small">
              <span class="quiet">
                {t('api_no_key', offers.map((offer) => providerName(t, offer.provider)).join(t('list_separator')))}
              </span>
              <button
                type="button"
                class="button compact"
                data-testid={`api-key-${base}`}
                onClick={() => void host.openOptions()}
              >
                <Icon name="key" />
                {t('action_add_key')}
              </button>
            </div>
          ) : (
            <>
              <Providers
                id={`api-provider-${base}`}
                ids={withKey.map((offer) => offer.provider)}
                chosen={provider}
                onChoose={(id) => {
                  setProvider(id);
                  setTexts(null);
                  setProblems({});
                  setError(null);
                }}
              />
              <form
                ref={form}
                class="stack"
                novalidate
                autocomplete="off"
                aria-label={t(`api_${capability.replace('.', '_')}`)}
                onSubmit={(event) => {
                  event.preventDefault();
                  void run(1);
                }}
              >
                {query && fields.length > 0 && (
                  <div class="api-fields">
                    {fields.map((field) => (
                      <FieldInput
                        key={`${provider} ${field.name}`}
                        id={`query-${base}-${field.name}`}
                        field={field}
                        text={shown[field.name] ?? ''}
                        standard={standardText(query, field)}
                        problem={problems[field.name]}
                        onText={(text) => {
                          setTexts({ ...shown, [field.name]: text });
                          setProblems(({ [field.name]: _mended, ...others }) => others);
                        }}
                      />
                    ))}
                  </div>
                )}
                <ListRunner
                  base={base}
                  list={list}
                  asking={asking}
                  state={state}
                  run={(pages) => void run(pages)}
                  stop={(key) => void lists.stop(key).catch(() => lists.lists.reload())}
                />
              </form>
              {error && <ErrorNotice error={error} onRetry={() => void run(1)} />}
              {!error && list?.error && <ErrorNotice error={list.error} onRetry={() => void run(1)} />}
              {list && list.refs.length > 0 && (
                <ApiListResult tabId={props.tabId} list={list} asItems={isListOfItems(capability)} open={props.open} />
              )}
            </>
          )}
        </div>
      )}
    </details>
  );
}

/** Whom to ask; said only where there is but one. */
function Providers(props: { id: string; ids: readonly string[]; chosen: string; onChoose: (id: string) => void }) {
  const t = useTranslate();
  if (props.ids.length === 1) return <p class="small quiet">{t('api_asks', providerName(t, props.chosen))}</p>;
  return (
    <div class="field">
      <label for={props.id}>{t('dry_run_provider')}</label>
      <select
        id={props.id}
        class="input"
        data-testid={props.id}
        value={props.chosen}
        onChange={(event) => props.onChoose(event.currentTarget.value)}
      >
        {props.ids.map((id) => (
          <option key={id} value={id}>
            {providerName(t, id)}
          </option>
        ))}
      </select>
    </div>
  );
}
