import { useState } from 'preact/hooks';
import type { CredentialState } from '../../lib/messaging/protocol.ts';
import { providerById } from '../../lib/providers/index.ts';
import { useSettings, useTranslate } from '../hooks.tsx';
import { EstimateLine } from '../parts/EstimateLine.tsx';
import { providerName } from '../show.ts';
import { readLimit } from './own-figures.ts';

/** What a number of lookups would cost and how long it would take, without asking anyone. Nothing while there is no key. */
export function DryRun(props: { states: readonly CredentialState[] }) {
  const t = useTranslate();
  const { settings } = useSettings();
  const [text, setText] = useState('1200');
  const [chosen, setChosen] = useState<string | null>(null);
  const ready = props.states.filter(
    ({ provider, saved }) => saved || providerById(provider)?.needsCredential === false,
  );
  const state = ready.find(({ provider }) => provider === chosen) ?? ready[0];
  if (!state) return null;
  const items = readLimit(text);
  return (
    <section class="card stack" aria-labelledby="dry-run-title" data-testid="dry-run">
      <h3 class="section-title" id="dry-run-title">
        {t('dry_run_title')}
      </h3>
      <div class="row dry-run-fields">
        <div class="field">
          <label for="dry-run-items">{t('dry_run_items')}</label>
          <input
            id="dry-run-items"
            class="input number"
            type="text"
            inputMode="numeric"
            autocomplete="off"
            value={text}
            aria-invalid={items === undefined ? 'true' : undefined}
            aria-describedby={items === undefined ? 'dry-run-problem' : undefined}
            data-testid="dry-run-items"
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </div>
        <div class="field">
          <label for="dry-run-provider">{t('dry_run_provider')}</label>
          <select
            id="dry-run-provider"
            class="input"
            data-testid="dry-run-provider"
            value={state.provider}
            onChange={(event) => setChosen(event.currentTarget.value)}
          >
            {ready.map(({ provider }) => (
              <option key={provider} value={provider}>
                {providerName(t, provider)}
              </option>
            ))}
          </select>
        </div>
      </div>
      <div role="status">
        {items === undefined ? (
          <p class="field-problem" id="dry-run-problem">
            {t('limits_daily_problem')}
          </p>
        ) : (
          items !== null && (
            <EstimateLine
              what={t('estimate_items', new Intl.NumberFormat(t.locale).format(items))}
              calls={items}
              state={state}
              testid="dry-run-text"
            />
          )
        )}
      </div>
      {!settings.callPrices[state.provider] && <p class="small quiet">{t('dry_run_no_price')}</p>}
    </section>
  );
}
