import type { PageView } from '../../lib/messaging/protocol.ts';
import { useTranslate } from '../hooks.tsx';
import { Notice } from '../parts/basics.tsx';

/** What the platform says of the page's own subject where it gave no record, in its words and with their real meaning. */
export function PageStatus(props: { page: PageView }) {
  const t = useTranslate();
  const { status, platform } = props.page;
  if (!status) return null;
  const name = t(`platform_${platform}`);
  const words = [status.code, status.message].filter(Boolean).join(': ');
  return (
    <Notice tone="warn" title={t(`page_status_${status.availability}`, name)} testid="page-status">
      {words && (
        <p class="user-text" data-testid="page-status-words">
          {t('page_status_words', name)} <span class="mono">{words}</span>
        </p>
      )}
      <p>{t(`page_status_meaning_${status.availability}`)}</p>
    </Notice>
  );
}
