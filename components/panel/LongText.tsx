import { useMemo, useState } from 'preact/hooks';
import { useTranslate } from '../hooks.tsx';

/** A text that somebody wrote; the rest of a long one is one click away. */
export function LongText(props: { text: string; language?: string | null; testid?: string; limit?: number }) {
  const t = useTranslate();
  const [open, setOpen] = useState(false);
  const limit = props.limit ?? 260;
  const beginning = useMemo(() => beginningOf(props.text, limit), [props.text, limit]);
  const long = beginning !== null;
  const shown = beginning === null || open ? props.text : `${beginning}…`;
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

/** So many characters as a reader counts them, a family of emoji as one; null where the text is hardly longer. */
function beginningOf(text: string, limit: number): string | null {
  if (text.length <= limit * 1.25) return null;
  const characters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  return characters.length <= limit * 1.25 ? null : characters.slice(0, limit).join('');
}
