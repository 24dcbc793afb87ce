import type { ListCapability } from '../../../lib/core/capabilities.ts';
import { formFieldsOf, type ListEntry } from '../../../lib/providers/provider.ts';
import { initialTexts, standardText } from '../../fields.ts';
import { useHost, useTranslate } from '../../hooks.tsx';
import { FieldInput } from '../../parts/FieldInput.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { providerName } from '../../show.ts';
import {
  canEndAtDay,
  chosenProvider,
  isAccepted,
  type ListEnd,
  type ListingDraft,
  offeredCapabilities,
  providersOf,
  readSubject,
} from './listing-draft.ts';

/** Which list of which API, of what, and how far it is followed. */
export function ListingFields(props: {
  draft: ListingDraft;
  ready: ReadonlySet<string>;
  problems: Readonly<Record<string, string>>;
  onChange: (part: Partial<ListingDraft>) => void;
}) {
  const t = useTranslate();
  const host = useHost();
  const { draft, ready, problems, onChange } = props;
  const able = providersOf(draft.capability, ready);
  const found = chosenProvider(draft, ready);
  return (
    <>
      <section class="stack" aria-labelledby="new-job-of">
        <h3 id="new-job-of">{t('job_part_list')}</h3>
        <div class="new-job-pair">
          <div class="field">
            <label for="job-capability">{t('job_capability')}</label>
            <select
              id="job-capability"
              class="input"
              data-testid="job-capability"
              value={draft.capability}
              onChange={(event) => {
                const { value } = event.currentTarget;
                const capability = offeredCapabilities().find((one) => one === value);
                if (capability) onChange({ capability, texts: null, subject: '' });
              }}
            >
              {offeredCapabilities().map((capability: ListCapability) => (
                <option key={capability} value={capability}>
                  {t(`api_${capability.replace('.', '_')}`)}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="job-provider">{t('dry_run_provider')}</label>
            <select
              id="job-provider"
              class="input"
              data-testid="job-provider"
              value={found?.provider.id ?? ''}
              onChange={(event) => onChange({ provider: event.currentTarget.value, texts: null })}
            >
              {able.map(({ provider: { id }, hasKey }) => (
                <option key={id} value={id}>
                  {hasKey ? providerName(t, id) : t('job_provider_no_key', providerName(t, id))}
                </option>
              ))}
            </select>
          </div>
        </div>
        {found && !found.hasKey && (
          <div class="row spread small">
            <span class="quiet">{t('api_no_key', providerName(t, found.provider.id))}</span>
            <button type="button" class="button compact" onClick={() => void host.openOptions()}>
              <Icon name="key" />
              {t('action_add_key')}
            </button>
          </div>
        )}
        {found && <Subject {...props} entry={found.entry} providerId={found.provider.id} />}
        {found?.entry.query && (
          <QueryForm
            // Another provider's form has other fields.
            key={`${found.provider.id} ${draft.capability}`}
            query={found.entry.query}
            draft={draft}
            problems={problems}
            onChange={onChange}
          />
        )}
      </section>
      <ListEndFields {...props} />
    </>
  );
}

/** What the list is of, and the platform where nothing else tells it. */
function Subject(props: {
  draft: ListingDraft;
  entry: ListEntry;
  providerId: string;
  problems: Readonly<Record<string, string>>;
  onChange: (part: Partial<ListingDraft>) => void;
}) {
  const t = useTranslate();
  const { draft, entry, problems } = props;
  const kind = entry.subject;
  const subject = kind && readSubject(draft.subject, kind, entry.platforms, draft.platform);
  const problem = problems['subject'];
  const isAddress = /^https?:/iu.test(draft.subject.trim());
  return (
    <div class="new-job-pair">
      {kind && (
        <div class="field">
          <label for="job-subject">{t(`job_subject_${kind}`)}</label>
          <input
            id="job-subject"
            class="input"
            type="text"
            value={draft.subject}
            placeholder={t(`job_subject_${kind}_example`)}
            spellcheck={false}
            autocomplete="off"
            autocapitalize="off"
            aria-invalid={problem !== undefined}
            aria-describedby={problem ? 'job-subject-problem' : undefined}
            data-testid="job-subject"
            onInput={(event) => props.onChange({ subject: event.currentTarget.value })}
          />
          {problem && (
            <p class="field-problem" id="job-subject-problem" role="alert">
              {problem}
            </p>
          )}
          {subject && !isAccepted(entry, subject) && (
            <p class="small quiet" role="status">
              {t('job_subject_other_name', providerName(t, props.providerId))}
            </p>
          )}
        </div>
      )}
      {entry.platforms.length > 1 && !isAddress && (
        <div class="field">
          <label for="job-platform">{t('job_platform')}</label>
          <select
            id="job-platform"
            class="input"
            data-testid="job-platform"
            value={entry.platforms.includes(draft.platform) ? draft.platform : entry.platforms[0]}
            onChange={(event) => {
              const { value } = event.currentTarget;
              const platform = entry.platforms.find((one) => one === value);
              if (platform) props.onChange({ platform });
            }}
          >
            {entry.platforms.map((platform) => (
              <option key={platform} value={platform}>
                {t(`platform_${platform}`)}
              </option>
            ))}
          </select>
        </div>
      )}
    </div>
  );
}

function QueryForm(props: {
  query: NonNullable<ListEntry['query']>;
  draft: ListingDraft;
  problems: Readonly<Record<string, string>>;
  onChange: (part: Partial<ListingDraft>) => void;
}) {
  const { query, draft } = props;
  const texts = draft.texts ?? initialTexts(query, {});
  return (
    <div class="new-job-pair">
      {formFieldsOf(query).map((field) => (
        <FieldInput
          key={field.name}
          id={`job-query-${field.name}`}
          field={field}
          text={texts[field.name] ?? ''}
          standard={standardText(query, field)}
          problem={props.problems[`query ${field.name}`]}
          onText={(text) => props.onChange({ texts: { ...texts, [field.name]: text } })}
        />
      ))}
    </div>
  );
}

/** How far the list is followed: to its end, to a number, or to a day. */
function ListEndFields(props: {
  draft: ListingDraft;
  problems: Readonly<Record<string, string>>;
  onChange: (part: Partial<ListingDraft>) => void;
}) {
  const t = useTranslate();
  const { draft, problems, onChange } = props;
  const ends: readonly ListEnd[] = ['end', 'most', ...(canEndAtDay(draft.capability) ? (['since'] as const) : [])];
  const chosen = ends.includes(draft.end) ? draft.end : 'end';
  const problem = problems['end'];
  const described = problem ? 'job-end-problem' : undefined;
  return (
    <section class="stack" aria-labelledby="new-job-end">
      <h3 id="new-job-end">{t('job_part_end')}</h3>
      <div class="stack job-ends" role="radiogroup" aria-labelledby="new-job-end">
        {ends.map((end) => (
          <div key={end} class="row">
            <label class="row tight">
              <input
                type="radio"
                name="job-end"
                checked={end === chosen}
                data-testid={`job-end-${end}`}
                onChange={() => onChange({ end })}
              />
              {t(`job_end_${end}`)}
            </label>
            {end === 'most' && (
              <input
                class="input number job-number"
                type="text"
                inputMode="numeric"
                autocomplete="off"
                aria-label={t('job_end_most_count')}
                disabled={chosen !== 'most'}
                value={draft.most}
                aria-invalid={chosen === 'most' && problem !== undefined}
                aria-describedby={described}
                data-testid="job-most"
                onInput={(event) => onChange({ most: event.currentTarget.value })}
              />
            )}
            {end === 'since' && (
              <input
                class="input job-day"
                type="date"
                aria-label={t('job_end_since_day')}
                disabled={chosen !== 'since'}
                value={draft.since}
                aria-invalid={chosen === 'since' && problem !== undefined}
                aria-describedby={described}
                data-testid="job-since"
                onInput={(event) => onChange({ since: event.currentTarget.value })}
              />
            )}
          </div>
        ))}
      </div>
      {problem && (
        <p class="field-problem" id="job-end-problem" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
