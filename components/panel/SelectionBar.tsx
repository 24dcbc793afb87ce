import { useState } from 'preact/hooks';
import type { RefKey } from '../../lib/core/ref.ts';
import type { Entries } from '../entries.ts';
import { type Exporting, type Saving, useTranslate } from '../hooks.tsx';
import { Icon } from '../parts/Icon.tsx';
import { providerName } from '../show.ts';

/** Lookups that one click may start: each is a call that the researcher pays for. */
const mostLookups = 20;

/** What can be done with the selected items; stays at the foot of the window while there are any. */
export function SelectionBar(props: {
  refs: readonly RefKey[];
  entries: Entries;
  exporting: Exporting;
  saving: Saving;
  clear: () => void;
}) {
  const t = useTranslate();
  const { refs, exporting, saving } = props;
  const [asking, setAsking] = useState(false);
  const [lookingUp, setLookingUp] = useState(false);
  const able = refs.flatMap((ref) => {
    const provider = props.entries.entries.get(ref)?.providers.find(({ hasKey }) => hasKey);
    return provider ? [{ ref, provider: providerName(t, provider.id) }] : [];
  });
  const providers = [...new Set(able.map(({ provider }) => provider))].join(t('list_separator'));
  const tooMany = able.length > mostLookups;
  const lookUp = async () => {
    setAsking(false);
    setLookingUp(true);
    // One after the other: providers count calls per second as well.
    for (const { ref } of able) await props.entries.lookUp(ref, false);
    setLookingUp(false);
  };
  return (
    <section class="selection-bar" aria-label={t('selection_title')} data-testid="selection">
      {asking && (
        <div class="stack small" role="group" aria-label={t('selection_look_up')}>
          <p data-testid="look-up-cost">
            {tooMany ? t('selection_look_up_most', mostLookups) : t('selection_look_up_cost', able.length, providers)}
          </p>
          <div class="row">
            {!tooMany && (
              <button
                type="button"
                class="button compact primary"
                data-testid="look-up-selected-confirm"
                onClick={() => void lookUp()}
              >
                {t('action_look_up')}
              </button>
            )}
            <button type="button" class="button compact" onClick={() => setAsking(false)}>
              {t('action_cancel')}
            </button>
          </div>
        </div>
      )}
      <div class="row tight">
        <span class="selection-count number" role="status">
          {t('selection_count', refs.length)}
        </span>
        <button
          type="button"
          class="button compact"
          disabled={exporting.state.step === 'running'}
          data-testid="export-selected"
          onClick={() => exporting.run('selection', refs)}
        >
          {t('selection_export')}
        </button>
        <button
          type="button"
          class="button compact"
          disabled={saving.state.step === 'running'}
          data-testid="save-selected"
          onClick={() => saving.run(refs)}
        >
          {t('action_save')}
        </button>
        {able.length > 0 && (
          <button
            type="button"
            class="button compact"
            disabled={lookingUp}
            aria-expanded={asking}
            data-testid="look-up-selected"
            onClick={() => setAsking(!asking)}
          >
            {lookingUp && <Icon name="refresh" spinning />}
            {t('action_look_up')}
          </button>
        )}
        <button
          type="button"
          class="button compact icon-only plain"
          title={t('selection_clear')}
          aria-label={t('selection_clear')}
          data-testid="select-none"
          onClick={props.clear}
        >
          <Icon name="close" />
        </button>
      </div>
    </section>
  );
}
