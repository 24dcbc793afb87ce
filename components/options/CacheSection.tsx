import { useEffect, useRef, useState } from 'preact/hooks';
import { toAppError, type WireError } from '../../lib/core/errors.ts';
import { type StorageControls, useSettings, useStorage, useTranslate } from '../hooks.tsx';
import { Notice } from '../parts/basics.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { DeletionPart } from './DeletionPart.tsx';
import { NumberField } from './NumberField.tsx';
import { RoomPart } from './RoomPart.tsx';
import { Section } from './Section.tsx';

/** How long lookups stay fresh, how many are kept, and what is stored. */
export function CacheSection() {
  const t = useTranslate();
  const { settings, change } = useSettings();
  const storage = useStorage();
  const [cleared, setCleared] = useState(false);
  const count = (value: number) => new Intl.NumberFormat(t.locale).format(value);
  return (
    <Section id="cache" lead={t('options_cache_lead')}>
      <div class="card stack">
        <div class="number-fields">
          <NumberField
            id="cache-post"
            label={t('setting_cache_post')}
            unit={t('unit_minutes')}
            value={settings.cacheMinutes.post}
            minimum={0}
            maximum={525_600}
            onValue={(post) => change({ cacheMinutes: { ...settings.cacheMinutes, post } })}
          />
          <NumberField
            id="cache-product"
            label={t('setting_cache_product')}
            unit={t('unit_minutes')}
            value={settings.cacheMinutes.product}
            minimum={0}
            maximum={525_600}
            onValue={(product) => change({ cacheMinutes: { ...settings.cacheMinutes, product } })}
          />
          <NumberField
            id="cache-entries"
            label={t('setting_cache_entries')}
            unit={t('unit_lookups')}
            value={settings.cacheEntries}
            minimum={10}
            maximum={1_000_000}
            onValue={(cacheEntries) => change({ cacheEntries })}
          />
        </div>
        <p class="small quiet">{t('setting_cache_help')}</p>
        {storage.error && <ErrorNotice error={storage.error} onRetry={storage.reload} />}
        {storage.value && (
          <dl class="facts" data-testid="storage">
            <dt>{t('stored_records')}</dt>
            <dd class="number">{count(storage.value.records)}</dd>
            <dt>{t('stored_observations')}</dt>
            <dd class="number">{count(storage.value.observations)}</dd>
            <dt>{t('stored_lookups')}</dt>
            <dd class="number">{count(storage.value.cachedLookups)}</dd>
          </dl>
        )}
        <RoomPart room={storage.room} />
        <div class="row">
          <button
            type="button"
            class="button"
            data-testid="clear-cache"
            onClick={() => void storage.clearCache().then(() => setCleared(true), storage.reload)}
          >
            {t('action_clear_cache')}
          </button>
          <span class="small quiet" role="status">
            {cleared ? t('cache_cleared') : ''}
          </span>
        </div>
        <DeleteData storage={storage} />
      </div>
      <DeletionPart />
    </Section>
  );
}

/** All that was collected, deleted in two steps: what would go is said before. */
function DeleteData(props: { storage: StorageControls }) {
  const t = useTranslate();
  const [step, setStep] = useState<'idle' | 'asked' | 'running' | 'done'>('idle');
  const [error, setError] = useState<WireError | null>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (step === 'asked') cancel.current?.focus();
  }, [step]);
  const { value } = props.storage;
  const count = (of: number) => new Intl.NumberFormat(t.locale).format(of);

  async function run(): Promise<void> {
    setStep('running');
    setError(null);
    try {
      await props.storage.deleteData();
      setStep('done');
    } catch (problem) {
      setError(toAppError(problem).toWire());
      setStep('asked');
    }
  }

  if (step === 'idle' || step === 'done') {
    return (
      <div class="row">
        <button
          type="button"
          class="button danger"
          disabled={!value}
          data-testid="delete-data"
          onClick={() => setStep('asked')}
        >
          {t('action_delete_data')}
        </button>
        <span class="small quiet" role="status" data-testid="data-deleted">
          {step === 'done' ? t('data_deleted') : ''}
        </span>
      </div>
    );
  }
  return (
    <Notice
      tone="warn"
      title={t('delete_data_question', count(value?.records ?? 0), count(value?.observations ?? 0))}
      live
      testid="delete-data-question"
    >
      <p class="small">{t('delete_data_kept')}</p>
      {error && <ErrorNotice error={error} />}
      <div class="row">
        <button
          ref={cancel}
          type="button"
          class="button"
          disabled={step === 'running'}
          data-testid="delete-data-cancel"
          onClick={() => setStep('idle')}
        >
          {t('action_cancel')}
        </button>
        <button
          type="button"
          class="button danger"
          disabled={step === 'running'}
          data-testid="delete-data-confirm"
          onClick={() => void run()}
        >
          {t('action_delete_everything')}
        </button>
      </div>
    </Notice>
  );
}
