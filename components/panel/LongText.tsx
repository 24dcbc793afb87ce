import { useState } from 'preact/hooks';
import { useTranslate } from '../hooks.tsx';

/** A text that somebody wrote; the rest of a long one is one click away. */
export function LongText(props: { text: string; language?: string | null; testid?: string; limit?: number }) {
  const t = useTranslate();
  const [open, setOpen] = useState(false);
  const characters = [...props.text];
  const limit = props.limit ?? 260;
  const long = characters.length > limit * 1.25;
  const shown = long && !open ? `${characters.slice(0, limit).join('')}…` : props.text;
  return (
    <div>
      <p class="user-text pre-line" dir="auto" lang={props.language || undefined} data-testid={props.testid}>
        {shown}
      </p>
      {long && (
        <button
          type="button"
          class="button compact plain more-text"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? t('action_show_less') : t('action_show_all_text')}
        </button>
      )}
    </div>
  );
}
