import { useState } from 'preact/hooks';
import { toAppError, type WireError } from '../../lib/core/errors.ts';
import type { CredentialState, LoginView } from '../../lib/messaging/protocol.ts';
import type { Provider } from '../../lib/providers/provider.ts';
import type { Credentials } from '../credentials.ts';
import { checkFields, initialTexts } from '../fields.ts';
import { useHost, useTranslate } from '../hooks.tsx';
import { CopyButton, Disclosure, Notice } from '../parts/basics.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Time } from '../parts/Time.tsx';
import { providerName } from '../show.ts';

/** The login of a provider that has one: how it stands, how to log in and out, and the way out where the tab does not come back. */
export function LoginPart(props: {
  provider: Provider;
  state: CredentialState;
  login: LoginView;
  credentials: Credentials;
}) {
  const t = useTranslate();
  const host = useHost();
  const { provider, state, login, credentials } = props;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<WireError | null>(null);
  const [denied, setDenied] = useState(false);
  const [address, setAddress] = useState('');
  const platform = t(`platform_${platformOf(provider)}`);

  async function carryOut(work: () => Promise<unknown>) {
    setBusy(true);
    setError(null);
    setDenied(false);
    try {
      await work();
    } catch (problem) {
      setError(toAppError(problem).toWire());
    } finally {
      setBusy(false);
    }
  }

  function logIn() {
    // Still within the click: browsers ask for a permission at no other time.
    const granted = host.requestOrigins(originsOf());
    void carryOut(async () => {
      if (await granted) await credentials.logIn(provider.id);
      else setDenied(true);
    });
  }

  /** Of what is stored: what was typed since and not saved has no say in the login. */
  function originsOf(): readonly string[] {
    const texts = initialTexts(provider.credential, state.values);
    const { parsed } = checkFields(t, provider.credential, texts, state.storedSecrets);
    return parsed ? provider.origins(parsed) : [];
  }

  const noteKey = `login_note_${provider.id.replaceAll('-', '_')}`;
  const isIn = login.state === 'active';
  return (
    <div
      role="group"
      class="stack provider-part"
      aria-labelledby={`login-${provider.id}`}
      data-testid={`login-${provider.id}`}
    >
      <h5 class="section-title" id={`login-${provider.id}`}>
        {t('login_title')}
      </h5>
      <p class={login.state === 'ended' ? 'field-problem' : undefined} data-testid={`login-state-${provider.id}`}>
        {t(login.consent ? `login_state_${login.state}` : `login_app_${login.state}`, platform)}
      </p>
      <LoginFacts login={login} />
      {login.consent && (
        <div class="row">
          <button
            type="button"
            class={isIn ? 'button' : 'button primary'}
            disabled={busy || !state.saved}
            aria-describedby={state.saved ? undefined : `login-first-${provider.id}`}
            data-testid={`login-begin-${provider.id}`}
            onClick={logIn}
          >
            {busy && <Icon name="refresh" spinning />}
            {t(isIn ? 'login_again' : 'login_begin', platform)}
          </button>
          {(isIn || login.state === 'ended') && (
            <button
              type="button"
              class="button plain danger"
              disabled={busy}
              data-testid={`login-end-${provider.id}`}
              onClick={() => void carryOut(() => credentials.logOut(provider.id))}
            >
              {t('login_end')}
            </button>
          )}
          {!state.saved && (
            <span class="small quiet" id={`login-first-${provider.id}`}>
              {t('login_save_first')}
            </span>
          )}
        </div>
      )}
      {denied && (
        <Notice tone="warn" title={t('credential_denied_title')} live>
          <p>{t('login_denied', providerName(t, provider.id))}</p>
        </Notice>
      )}
      {error && <ErrorNotice error={error} inOptions />}
      {!error && login.error && <ErrorNotice error={login.error} inOptions />}
      {login.redirectUri !== null && (
        <div class="field">
          <span class="field-label">{t('login_redirect')}</span>
          <p class="small quiet">{t('login_redirect_help')}</p>
          <p class="copy-line">
            <span class="mono user-text" data-testid={`login-redirect-${provider.id}`}>
              {login.redirectUri}
            </span>
            <CopyButton text={login.redirectUri} label={t('action_copy')} compact />
          </p>
        </div>
      )}
      {login.consent && (
        <Disclosure
          summary={t('login_paste_title')}
          open={login.state === 'pending'}
          testid={`login-fallback-${provider.id}`}
        >
          <form
            class="field"
            onSubmit={(event) => {
              event.preventDefault();
              void carryOut(async () => {
                await credentials.pasteLogin(provider.id, address.trim());
                setAddress('');
              });
            }}
          >
            <label for={`login-address-${provider.id}`}>{t('login_paste_label')}</label>
            <p class="small quiet" id={`login-address-help-${provider.id}`}>
              {t('login_paste_help')}
            </p>
            <div class="input-with-button">
              <input
                id={`login-address-${provider.id}`}
                class="input mono"
                type="text"
                spellcheck={false}
                autocomplete="off"
                value={address}
                aria-describedby={`login-address-help-${provider.id}`}
                data-testid={`login-address-${provider.id}`}
                onInput={(event) => setAddress(event.currentTarget.value)}
              />
              <button
                type="submit"
                class="button text-button"
                disabled={busy || !URL.canParse(address.trim())}
                data-testid={`login-paste-${provider.id}`}
              >
                {t('login_paste')}
              </button>
            </div>
          </form>
        </Disclosure>
      )}
      {t.has(noteKey) && <p class="small quiet">{t(noteKey)}</p>}
    </div>
  );
}

/** Who logged in, what that allows, and until when. */
function LoginFacts(props: { login: LoginView }) {
  const t = useTranslate();
  const { login } = props;
  if (login.state !== 'active') return null;
  return (
    <dl class="facts" data-testid="login-facts">
      {login.account !== null && (
        <>
          <dt>{t('login_account')}</dt>
          <dd class="user-text">{login.account}</dd>
        </>
      )}
      {login.scopes.length > 0 && (
        <>
          <dt>{t('login_scopes')}</dt>
          <dd class="row tight">
            {login.scopes.map((scope) => (
              <span class="badge value mono" key={scope}>
                {scope}
              </span>
            ))}
          </dd>
        </>
      )}
      {login.expiresAt !== null && (
        <>
          <dt>{t('login_token_until')}</dt>
          <dd>
            <Time at={login.expiresAt} /> <span class="small quiet">{t('login_renewed')}</span>
          </dd>
        </>
      )}
      {login.endsAt !== null && (
        <>
          <dt>{t('login_until')}</dt>
          <dd>
            <Time at={login.endsAt} />
          </dd>
        </>
      )}
    </dl>
  );
}

/** Whose login it is: that of the first platform that any of its calls is for. */
function platformOf(provider: Provider): 'tiktok' | 'douyin' {
  const platforms = Object.values(provider.capabilities).flatMap((entry) => entry.platforms);
  return platforms[0] ?? 'tiktok';
}
