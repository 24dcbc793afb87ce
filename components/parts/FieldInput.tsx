import { useState } from 'preact/hooks';
import { useTranslate } from '../hooks.tsx';
import { Icon } from './Icon.tsx';
import type { Field } from '../fields.ts';

/** One field of a form, of a key or of a search. A stored secret is never shown; only what is being typed can be. */
export function FieldInput(props: {
  id: string;
  field: Field;
  text: string;
  isStored?: boolean;
  /** What an empty field stands for. */
  standard: string;
  problem: string | undefined;
  onText: (text: string) => void;
}) {
  const t = useTranslate();
  const [shown, setShown] = useState(false);
  const { id, field, text, problem } = props;
  const common = {
    id,
    name: field.name,
    class: field.input === 'text' && !field.secret ? 'input' : 'input mono',
    'data-testid': id,
    'aria-invalid': problem !== undefined,
    'aria-describedby': [field.help && `${id}-help`, problem && `${id}-problem`].filter(Boolean).join(' ') || undefined,
    spellcheck: false,
    autocapitalize: 'off' as const,
    // Password managers would offer to keep the key, or fill in somebody's password.
    autocomplete: field.secret ? ('new-password' as const) : ('off' as const),
  };
  const typed = {
    value: text,
    placeholder: field.secret && props.isStored ? t('secret_stored') : props.standard,
    onInput: (event: { readonly currentTarget: { readonly value: string } }) => props.onText(event.currentTarget.value),
  };
  return (
    <div class="field">
      <label for={id}>{t(field.label)}</label>
      {field.help && (
        <p class="small quiet" id={`${id}-help`}>
          {t(field.help)}
        </p>
      )}
      {field.input === 'choice' ? (
        <select {...common} class="input" value={text} onChange={(event) => props.onText(event.currentTarget.value)}>
          {(field.choices ?? []).map((choice) => (
            <option key={choice} value={choice}>
              {t(`choice_${field.name}_${choice}`)}
            </option>
          ))}
        </select>
      ) : field.input === 'url_list' ? (
        <textarea {...common} {...typed} rows={3} placeholder={props.standard || t('url_list_placeholder')} />
      ) : (
        <div class="input-with-button">
          {field.input === 'date' ? (
            <input {...common} {...typed} class="input narrow" type="date" placeholder={undefined} />
          ) : field.secret && !shown ? (
            <input {...common} {...typed} type="password" />
          ) : (
            <input {...common} {...typed} type="text" />
          )}
          {field.secret && text !== '' && (
            <button
              type="button"
              class="button icon-only"
              aria-pressed={shown}
              aria-label={t('secret_show')}
              title={t(shown ? 'secret_hide' : 'secret_show')}
              onClick={() => setShown(!shown)}
            >
              <Icon name="eye" />
            </button>
          )}
        </div>
      )}
      {problem && (
        <p class="field-problem" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
