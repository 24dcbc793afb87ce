import { useEffect, useId, useState } from 'preact/hooks';
import type { RefKey } from '../../lib/core/ref.ts';
import { useTranslate } from '../hooks.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';
import { Icon } from '../parts/Icon.tsx';
import { countText } from './cell-text.ts';
import { useLibrary } from './service.tsx';
import { tagsOf } from './tags.ts';
import { useAction } from './use-action.ts';

/** The tags and the note of one thing. What is typed is kept when the field is left. */
export function TagsAndNote(props: { refKey: RefKey; tags: readonly string[]; note: string; onChanged: () => void }) {
  const t = useTranslate();
  const { service, refresh } = useLibrary();
  const action = useAction<void>();
  const [note, setNote] = useState(props.note);
  const id = useId();
  useEffect(() => setNote(props.note), [props.refKey, props.note]);
  const annotate = (change: Parameters<typeof service.annotate>[1]) =>
    action.run(async () => {
      await service.annotate([props.refKey], change);
      props.onChanged();
      await refresh([props.refKey]);
    });
  return (
    <section class="card stack" aria-label={t('library_tags_title')} data-testid="annotations">
      <h2 class="section-title">{t('library_tags_title')}</h2>
      {props.tags.length > 0 && (
        <ul class="own-tags" data-testid="own-tags">
          {props.tags.map((tag) => (
            <li key={tag} class="own-tag">
              <span class="user-text">{tag}</span>
              <button
                type="button"
                aria-label={t('library_tag_remove', tag)}
                title={t('library_tag_remove', tag)}
                onClick={() => void annotate({ remove: [tag] })}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <TagForm onTags={(add) => void annotate({ add })} />
      <div class="field">
        <label for={id}>{t('library_note')}</label>
        <textarea
          id={id}
          class="input"
          value={note}
          placeholder={t('library_note_placeholder')}
          data-testid="note"
          onInput={(event) => setNote(event.currentTarget.value)}
          onBlur={() => {
            if (note !== props.note) void annotate({ note });
          }}
        />
      </div>
      {action.state.step === 'failed' && <ErrorNotice error={action.state.error} />}
    </section>
  );
}

/** A field for tags, with those that are in use. */
export function TagForm(props: { onTags: (tags: readonly string[]) => void; autofocus?: boolean }) {
  const t = useTranslate();
  const { facts } = useLibrary();
  const [text, setText] = useState('');
  const id = useId();
  return (
    <form
      class="row nowrap"
      onSubmit={(event) => {
        event.preventDefault();
        const tags = tagsOf(text);
        if (tags.length === 0) return;
        props.onTags(tags);
        setText('');
      }}
    >
      <input
        class="input"
        list={id}
        value={text}
        autocomplete="off"
        data-autofocus={props.autofocus ? true : undefined}
        placeholder={t('library_tag_add')}
        aria-label={t('library_tag_add')}
        data-testid="tag-text"
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <datalist id={id}>
        {(facts?.tags ?? []).slice(0, 200).map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
      <button type="submit" class="button" disabled={tagsOf(text).length === 0} data-testid="tag-add">
        {t('library_tag_add_button')}
      </button>
    </form>
  );
}

/** Tags and a note for all that is selected. */
export function TagsOfSelection(props: { refs: readonly RefKey[] }) {
  const t = useTranslate();
  const { service, facts, refresh } = useLibrary();
  const action = useAction<string>();
  const [note, setNote] = useState('');
  const id = useId();
  const { refs } = props;
  const count = countText(refs.length, t.locale);
  const annotate = (change: Parameters<typeof service.annotate>[1], done: string) =>
    void action.run(async () => {
      await service.annotate(refs, change);
      await refresh(refs);
      return done;
    });
  return (
    <div class="stack selection-tags">
      <p class="field-label">{t('library_tags_of', count)}</p>
      <TagForm
        autofocus
        onTags={(add) => annotate({ add }, t('library_tags_added', add.join(t('list_separator')), count))}
      />
      {(facts?.tags.length ?? 0) > 0 && (
        <div class="field">
          <p class="small quiet">{t('library_tags_remove_help')}</p>
          <ul class="own-tags">
            {(facts?.tags ?? []).slice(0, 60).map((tag) => (
              <li key={tag} class="own-tag">
                <span class="user-text">{tag}</span>
                <button
                  type="button"
                  aria-label={t('library_tag_remove', tag)}
                  title={t('library_tag_remove', tag)}
                  onClick={() => annotate({ remove: [tag] }, t('library_tags_removed', tag, count))}
                >
                  <Icon name="close" />
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      <div class="field">
        <label for={id}>{t('library_note')}</label>
        <textarea
          id={id}
          class="input"
          value={note}
          data-testid="selection-note"
          onInput={(event) => setNote(event.currentTarget.value)}
        />
        <div>
          <button
            type="button"
            class="button compact"
            disabled={note === ''}
            data-testid="selection-note-save"
            onClick={() => annotate({ note }, t('library_note_written', count))}
          >
            {t('library_note_replace', count)}
          </button>
        </div>
      </div>
      <p class="small quiet" role="status" data-testid="selection-tags-done">
        {action.state.step === 'done' ? action.state.outcome : ''}
      </p>
      {action.state.step === 'failed' && <ErrorNotice error={action.state.error} />}
    </div>
  );
}
