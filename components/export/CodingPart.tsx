import { useId, useState } from 'preact/hooks';
import { useTranslate } from '../hooks.tsx';
import { codesOf } from './choices.ts';
import type { PartProps } from './ExportOptions.tsx';

/** Empty columns to be filled in by hand, and the same rows for a second coder. */
export function CodingPart(props: PartProps) {
  const t = useTranslate();
  const id = useId();
  const { choices, onChange } = props;
  // As typed: a comma at the end is the beginning of the next name.
  const [text, setText] = useState(choices.codes.join(', '));
  return (
    <div class="stack">
      <div class="field">
        <label for={id}>{t('export_codes')}</label>
        <input
          id={id}
          class="input"
          value={text}
          placeholder={t('export_codes_example')}
          autocomplete="off"
          aria-describedby={`${id}-help`}
          data-testid="export-codes"
          onInput={(event) => {
            setText(event.currentTarget.value);
            onChange({ ...choices, codes: codesOf(event.currentTarget.value) });
          }}
        />
        <p class="small quiet" id={`${id}-help`}>
          {t('export_codes_help')}
        </p>
      </div>
      <label class="export-choice">
        <input
          type="checkbox"
          checked={choices.coders === 2}
          data-testid="export-second"
          onChange={() => onChange({ ...choices, coders: choices.coders === 2 ? 1 : 2 })}
        />
        <span>
          {t('export_second')}
          <span class="small quiet export-help">{t('export_second_help')}</span>
        </span>
      </label>
    </div>
  );
}
