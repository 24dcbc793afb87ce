import type { ComponentChildren } from 'preact';
import { useTranslate } from '../hooks.tsx';

/** A section of the options. Its heading's message key is `options_<id>`. */
export function Section(props: { id: string; lead?: string; children: ComponentChildren }) {
  const t = useTranslate();
  return (
    <section
      id={props.id}
      class="options-section"
      aria-labelledby={`${props.id}-title`}
      data-testid={`section-${props.id}`}
    >
      <h2 id={`${props.id}-title`}>{t(`options_${props.id}`)}</h2>
      {props.lead && <p class="quiet">{props.lead}</p>}
      {props.children}
    </section>
  );
}
