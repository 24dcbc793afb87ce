import { useState } from 'preact/hooks';
import type { RecordType } from '../../lib/core/record.ts';
import { useTranslate } from '../hooks.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Popover } from './Popover.tsx';
import { firstView, type TableView } from './view-state.ts';
import { useWorkspace } from './workspace.tsx';

/** Characters of a view's name, as the worker takes them. */
const longestName = 80;

/** The views that somebody named: shown again, saved anew, deleted. */
export function ViewMenu(props: { type: RecordType; view: TableView }) {
  const t = useTranslate();
  return (
    <Popover label={t('library_views')} name={t('library_views')} icon="view" align="end" testid="views">
      {(close) => <ViewList {...props} close={close} />}
    </Popover>
  );
}

function ViewList(props: { type: RecordType; view: TableView; close: () => void }) {
  const t = useTranslate();
  const { saved, changeView, go } = useWorkspace();
  const { type, view } = props;
  const [name, setName] = useState('');
  const show = (next: TableView) => {
    changeView(next.query.type, next);
    if (next.query.type !== type) go({ view: 'records', type: next.query.type, open: null });
    props.close();
  };
  return (
    <div class="stack view-menu">
      {saved.error && <ErrorNotice error={saved.error} />}
      <ul class="view-list">
        <li>
          <button
            type="button"
            class="link-button view-name"
            data-testid="view-first"
            onClick={() => show(firstView(type))}
          >
            {t('library_view_first')}
          </button>
        </li>
        {saved.named.map((stored) => (
          <li key={stored.id} class="row nowrap" data-testid="saved-view">
            <button
              type="button"
              class="link-button view-name user-text"
              onClick={() => show({ query: stored.query, layout: stored.layout })}
            >
              {stored.name}
              <span class="small quiet"> {t(`kinds_${stored.query.type}`)}</span>
            </button>
            {stored.query.type === type && (
              <button
                type="button"
                class="button compact plain"
                title={t('library_view_update_help')}
                onClick={() => void saved.save(stored.id, stored.name, view)}
              >
                {t('library_view_update')}
              </button>
            )}
            <button
              type="button"
              class="button compact icon-only plain"
              title={t('library_view_delete', stored.name)}
              aria-label={t('library_view_delete', stored.name)}
              onClick={() => void saved.remove(stored.id)}
            >
              <Icon name="trash" />
            </button>
          </li>
        ))}
      </ul>
      <form
        class="row nowrap"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() === '') return;
          void saved.save(crypto.randomUUID(), name.trim(), view);
          setName('');
        }}
      >
        <input
          class="input"
          data-autofocus
          value={name}
          maxLength={longestName}
          placeholder={t('library_view_name')}
          aria-label={t('library_view_name')}
          data-testid="view-name"
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <button type="submit" class="button primary" disabled={name.trim() === ''} data-testid="view-save">
          {t('action_save')}
        </button>
      </form>
      <p class="small quiet">{t('library_view_help')}</p>
    </div>
  );
}
