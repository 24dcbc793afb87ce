import { useTranslate } from '../hooks.tsx';
import { DeletionTable } from '../parts/DeletionTable.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { useDeletionLog } from './deletions.ts';

/** What was deleted when and why; without a name, so that the log itself keeps nobody. */
export function DeletionLog() {
  const t = useTranslate();
  const log = useDeletionLog();
  const entries = log.value ?? [];
  return (
    <section class="card stack" aria-labelledby="deletions-title" data-testid="deletions">
      <h2 id="deletions-title">{t('library_deletions')}</h2>
      <p class="quiet">{t('library_deletions_text')}</p>
      {log.error && <ErrorNotice error={log.error} onRetry={log.reload} />}
      {log.value && entries.length === 0 && <p class="small">{t('library_deletions_none')}</p>}
      {entries.length > 0 && <DeletionTable entries={entries} />}
    </section>
  );
}
