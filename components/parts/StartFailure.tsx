import type { WireError } from '../../lib/core/errors.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import { errorText } from './ErrorNotice.tsx';

/** Instead of a view, when the background does not even answer what the settings are. Uses no hooks: nothing is loaded. */
export function StartFailure(error: WireError, t: Translate, retry: () => void) {
  return (
    <main class="start-failure">
      <div class="card stack" role="alert" data-testid="start-failure">
        <h1>{t('start_failure_title')}</h1>
        <p>{errorText(t, error)}</p>
        <p class="small quiet mono">{error.message}</p>
        <div>
          <button type="button" class="button primary" onClick={retry}>
            {t('action_retry')}
          </button>
        </div>
      </div>
    </main>
  );
}
