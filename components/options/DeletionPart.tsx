import { useTranslate } from '../hooks.tsx';
import { useDeletionLog } from '../library/deletions.ts';
import { Disclosure } from '../parts/basics.tsx';
import { DeletionTable } from '../parts/DeletionTable.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';

/** The log of deletions, folded away: it is asked for once in a study. */
export function DeletionPart() {
  const t = useTranslate();
  const { value, error, reload } = useDeletionLog();
  return (
    <div class="card stack" data-testid="deletions">
      <Disclosure summary={t('library_deletions')} testid="deletions-open">
        <div class="stack">
          <p class="small quiet">{t('library_deletions_text')}</p>
          {error && <ErrorNotice error={error} onRetry={reload} />}
          {value?.length === 0 && <p class="small">{t('library_deletions_none')}</p>}
          {value && value.length > 0 && <DeletionTable entries={value} />}
        </div>
      </Disclosure>
    </div>
  );
}
