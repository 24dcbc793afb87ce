import { useState } from 'preact/hooks';
import type { RefKey } from '../../lib/core/ref.ts';
import type { PageView } from '../../lib/messaging/protocol.ts';
import { useLookups } from '../api-lists.ts';
import { useCredentials } from '../credentials.ts';
import type { Entries } from '../entries.ts';
import { clickText } from '../export/choice-words.ts';
import type { LastChoices } from '../exports.ts';
import { type Exporting, type Saving, useTranslate } from '../hooks.tsx';
import { EstimateLine } from '../parts/EstimateLine.tsx';
import { Icon } from '../parts/Icon.tsx';
import { providerName } from '../show.ts';
import { LookupsOutcome } from './LookupsOutcome.tsx';
import { ExportAs } from './PageExport.tsx';

/** What can be done with the selected items; stays at the foot of the window while there are any. */
export function SelectionBar(props: {
  refs: readonly RefKey[];
  page: PageView;
  shown: RefKey | null;
  last: LastChoices;
  entries: Entries;
  exporting: Exporting;
  saving: Saving;
  clear: () => void;
}) {
  const t = useTranslate();
  const { refs, exporting, saving } = props;
  const [asking, setAsking] = useState(false);
  const lookups = useLookups(props.page.tabId);
  const able = refs.flatMap((ref) => {
    const provider = props.entries.entries.get(ref)?.providers.find(({ hasKey }) => hasKey);
    return provider ? [{ ref, provider: provider.id }] : [];
  });
  const running = lookups.state.step === 'running';
  return (
    <section class="selection-bar" aria-label={t('selection_title')} data-testid="selection">
      {asking && !running && (
        <LookUpQuestion
          able={able}
          leftOut={refs.length - able.length}
          confirm={() => {
            setAsking(false);
            lookups.run(able.map(({ ref }) => ref));
          }}
          cancel={() => setAsking(false)}
        />
      )}
      <LookupsOutcome lookups={lookups} />
      <div class={able.length > 0 ? 'row tight crowded' : 'row tight'}>
        <span class="selection-count number" role="status">
          {t('selection_count', refs.length)}
        </span>
        <span class="split-button">
          <button
            type="button"
            class="button compact split-main"
            disabled={exporting.state.step === 'running'}
            title={clickText(t, props.last.choices)}
            data-testid="export-selected"
            onClick={() => exporting.run('selection', refs)}
          >
            {t('selection_export')}
          </button>
          <ExportAs
            page={props.page}
            shown={props.shown}
            selected={refs}
            last={props.last}
            buttonClass="button compact split-more"
            testid="export-selected-as"
          />
        </span>
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
            disabled={running}
            aria-expanded={asking}
            data-testid="look-up-selected"
            onClick={() => setAsking(!asking)}
          >
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

/** What the lookups will take, by provider, before any of them is asked. */
function LookUpQuestion(props: {
  able: readonly { readonly ref: RefKey; readonly provider: string }[];
  leftOut: number;
  confirm: () => void;
  cancel: () => void;
}) {
  const t = useTranslate();
  const credentials = useCredentials();
  const count = (value: number) => new Intl.NumberFormat(t.locale).format(value);
  const byProvider = [...Map.groupBy(props.able, ({ provider }) => provider)];
  return (
    <div class="stack small" role="group" aria-label={t('selection_look_up')}>
      <div class="stack look-up-cost" data-testid="look-up-cost">
        {byProvider.map(([id, items]) => {
          const state = credentials.value?.find(({ provider }) => provider === id);
          const what = t('estimate_items', count(items.length));
          return (
            <div key={id}>
              <p class="quiet">{t('api_asks', providerName(t, id))}</p>
              {state ? <EstimateLine what={what} calls={items.length} state={state} /> : <p class="number">{what}</p>}
            </div>
          );
        })}
        <p class="quiet">{t('selection_look_up_cache')}</p>
        {props.leftOut > 0 && <p class="quiet">{t('selection_look_up_left_out', count(props.leftOut))}</p>}
      </div>
      <div class="row">
        <button
          type="button"
          class="button compact primary"
          data-testid="look-up-selected-confirm"
          onClick={props.confirm}
        >
          {t('action_look_up')}
        </button>
        <button type="button" class="button compact" onClick={props.cancel}>
          {t('action_cancel')}
        </button>
      </div>
    </div>
  );
}
