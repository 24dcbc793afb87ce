import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Settings } from '../../lib/core/settings.ts';
import type { Provider } from '../../lib/providers/provider.ts';
import { useSettings, useTranslate } from '../hooks.tsx';
import { currencies, readAmount, readLimit, withoutKey } from './own-figures.ts';

/** What the researcher sets for a provider: calls a day at most, and what a call costs by their own figure. */
export function ProviderLimits(props: { provider: Provider }) {
  const t = useTranslate();
  const { settings, change } = useSettings();
  const { id } = props.provider;
  const price = settings.callPrices[id];
  const limit = settings.dailyLimits[id];
  const setPrice = (next: Settings['callPrices'][string] | null) =>
    change({
      callPrices: next ? { ...settings.callPrices, [id]: next } : withoutKey(settings.callPrices, id),
    });
  const currency = price?.currency ?? lastCurrency(settings);
  return (
    <div role="group" class="stack provider-part" aria-labelledby={`limits-${id}`}>
      <h5 class="section-title" id={`limits-${id}`}>
        {t('limits_title')}
      </h5>
      <div class="number-fields">
        <OwnFigure
          id={`daily-limit-${id}`}
          label={t('limits_daily')}
          value={limit === undefined ? '' : String(limit)}
          placeholder={t('limits_daily_none')}
          unit={t('limits_daily_unit')}
          problem={t('limits_daily_problem')}
          isValid={(text) => readLimit(text) !== undefined}
          onText={(text) => {
            const next = readLimit(text);
            if (next === undefined) return;
            change({
              dailyLimits:
                next === null ? withoutKey(settings.dailyLimits, id) : { ...settings.dailyLimits, [id]: next },
            });
          }}
        />
        <OwnFigure
          id={`price-${id}`}
          label={t('limits_price')}
          value={price ? String(price.amount) : ''}
          placeholder={t('limits_price_none')}
          problem={t('limits_price_problem')}
          isValid={(text) => readAmount(text) !== undefined}
          onText={(text) => {
            const amount = readAmount(text);
            if (amount !== undefined) setPrice(amount === null ? null : { amount, currency });
          }}
        >
          <select
            class="input currency"
            aria-label={t('limits_currency')}
            data-testid={`currency-${id}`}
            value={currency}
            disabled={!price}
            onChange={(event) => price && setPrice({ ...price, currency: event.currentTarget.value })}
          >
            {currencies(currency).map((code) => (
              <option key={code} value={code}>
                {code}
              </option>
            ))}
          </select>
        </OwnFigure>
      </div>
      <p class="small quiet">{t('limits_help')}</p>
    </div>
  );
}

/** The currency that the researcher used last for any provider: most pay in one. */
function lastCurrency(settings: Settings): string {
  return Object.values(settings.callPrices).at(-1)?.currency ?? 'USD';
}

/** A number that may be left out; taken over when the field is left, and what does not fit is said. */
function OwnFigure(props: {
  id: string;
  label: string;
  value: string;
  placeholder: string;
  unit?: string;
  problem: string;
  isValid: (text: string) => boolean;
  onText: (text: string) => void;
  children?: ComponentChildren;
}) {
  const [wrong, setWrong] = useState(false);
  // What is being typed: a page that is drawn anew meanwhile must not take it away. Null: as stored.
  const [draft, setDraft] = useState<string | null>(null);
  const { id } = props;
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <div class="row nowrap">
        <input
          id={id}
          class="input number"
          type="text"
          inputMode="decimal"
          autocomplete="off"
          value={draft ?? props.value}
          placeholder={props.placeholder}
          aria-invalid={wrong ? 'true' : undefined}
          aria-describedby={wrong ? `${id}-problem` : undefined}
          data-testid={id}
          onInput={(event) => setDraft(event.currentTarget.value)}
          onChange={(event) => {
            const text = event.currentTarget.value.trim();
            const fits = props.isValid(text);
            setWrong(!fits);
            if (!fits) return;
            setDraft(null);
            props.onText(text);
          }}
        />
        {props.unit && <span class="quiet small">{props.unit}</span>}
        {props.children}
      </div>
      {wrong && (
        <p class="field-problem" id={`${id}-problem`} role="alert">
          {props.problem}
        </p>
      )}
    </div>
  );
}
