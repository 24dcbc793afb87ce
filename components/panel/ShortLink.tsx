import { type EntityRef, refKey, type RefKey } from '../../lib/core/ref.ts';
import type { Entry } from '../../lib/messaging/protocol.ts';
import { providers } from '../../lib/providers/index.ts';
import { useResolve } from '../api-lists.ts';
import { useHost, useTranslate } from '../hooks.tsx';
import { Notice, OutsideLink } from '../parts/basics.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Icon } from '../parts/Icon.tsx';
import { providerName } from '../show.ts';

/** A short link: an API can tell where it leads, on a click. Nothing where no API of this platform can. */
export function ShortLink(props: { refOf: EntityRef; entry: Entry; tabId: number; open: (ref: RefKey) => void }) {
  const t = useTranslate();
  const host = useHost();
  const { refOf, entry } = props;
  const { state, run } = useResolve(refKey(refOf), props.tabId);
  const able = providers.filter(({ capabilities }) => capabilities['link.resolve']?.platforms.includes(refOf.platform));
  if (able.length === 0) return null;
  const ready = entry.providers.some(({ hasKey }) => hasKey);
  const names = able.map(({ id }) => providerName(t, id)).join(t('list_separator'));
  const { ref } = state.step === 'done' ? state : { ref: null };
  return (
    <Notice icon="search" title={t('short_link_title')} testid="short-link">
      {state.step === 'done' ? (
        <>
          <p>
            <OutsideLink href={state.url} testid="short-link-target">
              {state.url}
            </OutsideLink>
          </p>
          {ref && (
            <div>
              <button
                type="button"
                class="button compact"
                data-testid="short-link-open"
                onClick={() => props.open(ref)}
              >
                {t('short_link_open')}
              </button>
            </div>
          )}
        </>
      ) : (
        <>
          <p>{t('short_link_text', names)}</p>
          <div class="row">
            <button
              type="button"
              class="button primary"
              disabled={state.step === 'running'}
              data-testid="short-link-resolve"
              onClick={run}
            >
              <Icon name={state.step === 'running' ? 'refresh' : 'search'} spinning={state.step === 'running'} />
              {t('short_link_resolve')}
            </button>
            {!ready && (
              <button type="button" class="button" data-testid="short-link-key" onClick={() => void host.openOptions()}>
                <Icon name="key" />
                {t('action_add_key')}
              </button>
            )}
          </div>
        </>
      )}
      {state.step === 'failed' && <ErrorNotice error={state.error} onRetry={run} />}
    </Notice>
  );
}
