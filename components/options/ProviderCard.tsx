import { useState } from 'preact/hooks';
import type { CredentialState } from '../../lib/messaging/protocol.ts';
import type { Provider } from '../../lib/providers/provider.ts';
import type { Credentials } from '../credentials.ts';
import { useNow, useTranslate } from '../hooks.tsx';
import { OutsideLink } from '../parts/basics.tsx';
import { Icon } from '../parts/Icon.tsx';
import { providerName } from '../show.ts';
import { LoginPart } from './LoginPart.tsx';
import { ProviderForm } from './ProviderForm.tsx';
import { callsLeft, providerState, stateTones } from './provider-view.ts';
import { ProviderLimits } from './ProviderLimits.tsx';
import { UsagePart } from './UsagePart.tsx';

/** States that only the researcher can mend: the card then stands open. */
const opensItself: ReadonlySet<string> = new Set(['login_ended', 'error']);

/** One provider: a line on what it gives and how it stands, and all the rest folded away until asked for. */
export function ProviderCard(props: { provider: Provider; state: CredentialState | null; credentials: Credentials }) {
  const t = useTranslate();
  const now = useNow();
  const { provider, state, credentials } = props;
  const standing = providerState(provider, state, now);
  const [open, setOpen] = useState(opensItself.has(standing));
  const tone = stateTones[standing];
  const isReady = state !== null && (state.saved || !provider.needsCredential);
  return (
    <details
      class="card provider"
      open={open}
      data-testid={`provider-${provider.id}`}
      data-state={standing}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary class="provider-summary" data-testid={`open-${provider.id}`}>
        <Icon name="chevron" />
        <span class="provider-names">
          <span class="provider-name" role="heading" aria-level={4} id={`name-${provider.id}`}>
            {providerName(t, provider.id)}
          </span>
          {!open && <span class="provider-gives small quiet">{t(provider.summary)}</span>}
        </span>
        <span class="provider-standing">
          <span class={`badge ${tone}`} data-testid={`saved-${provider.id}`}>
            {tone === 'good' && <Icon name="check" />}
            {t(`provider_state_${standing}`)}
          </span>
          {isReady && !open && <TodayShort state={state} />}
        </span>
      </summary>
      <div class="provider-body">
        <p class="quiet">
          {t(provider.summary)}{' '}
          {provider.documentation && (
            <OutsideLink href={provider.documentation}>{t('provider_documentation')}</OutsideLink>
          )}
        </p>
        <ProviderForm provider={provider} state={state} credentials={credentials} />
        {state?.login && <LoginPart provider={provider} state={state} login={state.login} credentials={credentials} />}
        {isReady && <UsagePart provider={provider} state={state} />}
        {isReady && <ProviderLimits provider={provider} />}
      </div>
    </details>
  );
}

/** "12 of 600 today": what is worth knowing without opening the card. */
function TodayShort(props: { state: CredentialState }) {
  const t = useTranslate();
  const { perDay, callsToday } = props.state.usage;
  const count = (value: number) => new Intl.NumberFormat(t.locale).format(value);
  if (callsToday === 0 && callsLeft(props.state) === null) return null;
  return (
    <span class="small quiet number" data-testid="today-short">
      {perDay === null
        ? t('usage_today_short', count(callsToday))
        : t('usage_today_short_of', count(callsToday), count(perDay))}
    </span>
  );
}
