import type { ComponentChildren } from 'preact';

/** A line of a fact list; `help` says how the value is to be read. */
export function FactRow(props: { label: string; help?: string; children: ComponentChildren }) {
  return (
    <>
      <dt>{props.label}</dt>
      <dd>
        {props.children}
        {props.help && <p class="small quiet">{props.help}</p>}
      </dd>
    </>
  );
}
