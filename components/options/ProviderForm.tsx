import type { Translate } from '../../lib/i18n/index.ts';
import type { CredentialState } from '../../lib/messaging/protocol.ts';
import type { Provider } from '../../lib/providers/provider.ts';
import type { Credentials } from '../credentials.ts';
import { useTranslate } from '../hooks.tsx';
import { providerName } from '../show.ts';
import { CredentialForm } from './CredentialForm.tsx';
import { QuotaLine, quotaText } from './QuotaLine.tsx';

/** The key of one provider, and what is left of its allowance. */
export function ProviderForm(props: { provider: Provider; state: CredentialState | null; credentials: Credentials }) {
  const t = useTranslate();
  const { provider, state, credentials } = props;
  return (
    <CredentialForm
      id={provider.id}
      name={providerName(t, provider.id)}
      schema={provider.credential}
      originsOf={provider.origins}
      state={state}
      actions={{
        save: (values) => credentials.save(provider.id, values),
        test: async (values) => testText(t, await credentials.test(provider.id, values)),
        remove: () => credentials.remove(provider.id),
      }}
    >
      {state?.quota && <QuotaLine quota={state.quota} />}
    </CredentialForm>
  );
}

function testText(t: Translate, state: CredentialState): string {
  return state.quota ? `${t('credential_accepted')} ${quotaText(t, state.quota)}` : t('credential_accepted');
}
