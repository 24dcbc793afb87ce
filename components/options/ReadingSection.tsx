import { useTranslate } from '../hooks.tsx';
import { Section } from './Section.tsx';

/** What is read from pages, for how long it is kept, and what never happens. */
export function ReadingSection() {
  const t = useTranslate();
  return (
    <Section id="reading">
      <ul class="card rows prose">
        <li>{t('reading_what')}</li>
        <li>{t('reading_kept')}</li>
        <li>{t('reading_removed')}</li>
        <li>{t('reading_never')}</li>
      </ul>
    </Section>
  );
}
