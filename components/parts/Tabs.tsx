import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: string;
}

/**
 * Tabs with the keys that belong to them: arrows, Home and End. `name` begins the ids of tabs and panels; `small` is for
 * tabs within a tab.
 */
export function Tabs<Id extends string>(props: {
  name: string;
  label: string;
  tabs: readonly Tab<Id>[];
  active: Id;
  small?: boolean;
  onChange: (id: Id) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const { name, tabs, active } = props;
  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ id }) => id === active);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    const tab = next === undefined ? undefined : tabs[(next + tabs.length) % tabs.length];
    if (!tab) return;
    event.preventDefault();
    props.onChange(tab.id);
    list.current?.querySelector<HTMLElement>(`#${name}-tab-${tab.id}`)?.focus();
  };
  return (
    <div
      ref={list}
      class={props.small ? 'tabs small-tabs' : 'tabs'}
      role="tablist"
      aria-label={props.label}
      onKeyDown={onKeyDown}
    >
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          class="tab"
          id={`${name}-tab-${tab.id}`}
          aria-controls={tab.id === active ? `${name}-panel-${tab.id}` : undefined}
          aria-selected={tab.id === active}
          tabIndex={tab.id === active ? 0 : -1}
          data-testid={`${name}-tab-${tab.id}`}
          onClick={() => props.onChange(tab.id)}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}

/** What belongs to the active tab. `plain`: there is but one part, so that nothing is a tab. */
export function TabPanel(props: { name: string; id: string; plain?: boolean; children: ComponentChildren }) {
  if (props.plain) return <div class="tab-panel">{props.children}</div>;
  return (
    <div
      role="tabpanel"
      class="tab-panel"
      id={`${props.name}-panel-${props.id}`}
      aria-labelledby={`${props.name}-tab-${props.id}`}
    >
      {props.children}
    </div>
  );
}
