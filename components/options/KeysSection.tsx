import { providers } from '../../lib/providers/index.ts';
import { useCredentials } from '../credentials.ts';
import { useTranslate } from '../hooks.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { DryRun } from './DryRun.tsx';
import { groupProviders } from './provider-view.ts';
import { ProviderCard } from './ProviderCard.tsx';
import { Section } from './Section.tsx';

/** Every provider, by what it gives, and what a number of calls would cost. */
export function KeysSection() {
  const t = useTranslate();
  const credentials = useCredentials();
  const states = credentials.value;
  return (
    <Section id="keys" lead={t('options_keys_lead')}>
      {credentials.error && <ErrorNotice error={credentials.error} onRetry={credentials.reload} />}
      {states &&
        groupProviders(providers).map(({ group, providers: members }) => (
          <div class="provider-group" key={group} role="group" aria-labelledby={`group-${group}`}>
            <h3 class="section-title" id={`group-${group}`}>
              {t(`provider_group_${group}`)}
            </h3>
            {members.map((provider) => (
              <ProviderCard
                key={provider.id}
                provider={provider}
                state={states.find((state) => state.provider === provider.id) ?? null}
                credentials={credentials}
              />
            ))}
          </div>
        ))}
      {states && <DryRun states={states} />}
    </Section>
  );
}
