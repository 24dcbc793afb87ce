import { type RecordType } from '../../lib/core/record.ts';
import { useTranslate } from '../hooks.tsx';
import { Notice, OutsideLink } from '../parts/basics.tsx';
import { Icon } from '../parts/Icon.tsx';
import { useWorkspace } from './workspace.tsx';

/** Nothing was saved yet: what to do next. */
export function EmptyLibrary() {
  const t = useTranslate();
  const { go } = useWorkspace();
  return (
    <section class="empty-library card stack" data-testid="library-empty">
      <h2>{t('library_empty_title')}</h2>
      <p>{t('library_empty_text')}</p>
      <ol class="empty-steps">
        <li>
          <b>{t('library_empty_browse')}</b>
          <p>{t('library_empty_browse_text')}</p>
          <p class="row">
            <OutsideLink href="https://www.tiktok.com/explore">TikTok</OutsideLink>
            <OutsideLink href="https://www.douyin.com/">{t('platform_douyin')}</OutsideLink>
          </p>
        </li>
        <li>
          <b>{t('library_empty_import')}</b>
          <p>{t('library_empty_import_text')}</p>
          <div class="row">
            <button
              type="button"
              class="button primary"
              data-testid="empty-import"
              onClick={() => go({ view: 'import' })}
            >
              <Icon name="upload" />
              {t('library_import')}
            </button>
          </div>
        </li>
        <li>
          <b>{t('library_empty_restore')}</b>
          <p>{t('library_empty_restore_text')}</p>
          <div class="row">
            <button type="button" class="button" data-testid="empty-restore" onClick={() => go({ view: 'import' })}>
              {t('library_restore')}
            </button>
          </div>
        </li>
      </ol>
    </section>
  );
}

/** A table without rows: because of its filters, or because there is nothing of the kind. */
export function NothingFits(props: { type: RecordType; narrowed: boolean; onClear: () => void }) {
  const t = useTranslate();
  return (
    <div class="nothing-fits">
      <Notice
        icon="search"
        title={props.narrowed ? t('library_nothing_title') : t('library_none_title', t(`kinds_${props.type}`))}
        testid="nothing-fits"
      >
        {props.narrowed ? (
          <div>
            <button type="button" class="button compact" data-testid="nothing-clear" onClick={props.onClear}>
              {t('library_filter_clear')}
            </button>
          </div>
        ) : (
          <p>{t('library_none_text')}</p>
        )}
      </Notice>
    </div>
  );
}
