import { useTranslate } from '../hooks.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { countText } from './cell-text.ts';
import { useLibrary } from './service.tsx';

/** How far the index is, while the first rows are there already. */
export function IndexProgress() {
  const t = useTranslate();
  const { progress, error, refresh } = useLibrary();
  if (error) return <ErrorNotice error={error} onRetry={() => void refresh(null)} />;
  if (!progress) return null;
  const { done, total } = progress;
  const text =
    total === null
      ? t('library_reading')
      : t('library_reading_of', countText(done, t.locale), countText(total, t.locale));
  return (
    <div class="index-progress" data-testid="index-progress">
      <p class="small quiet number" role="status">
        {text}
      </p>
      <div
        class="meter"
        role="progressbar"
        aria-label={t('library_reading')}
        aria-valuemin={0}
        aria-valuemax={total ?? undefined}
        aria-valuenow={total === null ? undefined : done}
      >
        <div class="meter-data" style={{ width: `${total ? (100 * done) / total : 4}%` }} />
      </div>
    </div>
  );
}
