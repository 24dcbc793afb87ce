import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useTranslate } from '../hooks.tsx';
import { Icon } from '../parts/Icon.tsx';
import { moveSource } from '../source-order.ts';

export interface SortableItem {
  readonly id: string;
  readonly label: string;
  readonly note: string;
  readonly isQuiet: boolean;
}

/**
 * A list that people order: by dragging a row's handle, by its two buttons, or with Alt and an arrow key. Every move is
 * spoken. `name` begins the test ids; Escape gives up a drag.
 */
export function SortableList(props: {
  name: string;
  labelledBy: string;
  items: readonly SortableItem[];
  onOrder: (ids: readonly string[]) => void;
}) {
  const t = useTranslate();
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<{ readonly id: string; readonly order: readonly string[] } | null>(null);
  const [spoken, setSpoken] = useState('');
  const refocus = useRef<string | null>(null);
  const stored = props.items.map(({ id }) => id);
  const order = dragged?.order ?? stored;
  const items = order.flatMap((id) => props.items.find((item) => item.id === id) ?? []);

  // A row that moves in the document loses the focus: it belongs to the button that moved it.
  useLayoutEffect(() => {
    const testid = refocus.current;
    refocus.current = null;
    if (testid === null) return;
    const button = list.current?.querySelector<HTMLButtonElement>(`[data-testid="${testid}"]`);
    if (button?.disabled === false) button.focus();
    else if (testid) button?.closest('li')?.querySelector<HTMLButtonElement>('button:not([disabled])')?.focus();
  });

  function tell(id: string, now: readonly string[]) {
    const label = props.items.find((item) => item.id === id)?.label ?? id;
    setSpoken(t('sources_moved', label, now.indexOf(id) + 1, now.length));
  }

  function move(id: string, by: number, focus: string) {
    const next = moveSource(stored, id, stored.indexOf(id) + by);
    if (next === stored) return;
    refocus.current = focus;
    tell(id, next);
    props.onOrder(next);
  }

  /** The place (from 0) under this height of the window. */
  function placeAt(y: number): number {
    const rows = [...(list.current?.children ?? [])].map((row) => row.getBoundingClientRect());
    const at = rows.findIndex(({ top, height }) => y < top + height);
    return at < 0 ? rows.length - 1 : at;
  }

  function drop(keep: boolean) {
    if (!dragged) return;
    setDragged(null);
    if (!keep || dragged.order.join() === stored.join()) return;
    tell(dragged.id, dragged.order);
    props.onOrder(dragged.order);
  }

  return (
    <>
      <ol ref={list} class="sortable" aria-labelledby={props.labelledBy} data-testid={props.name}>
        {items.map((item, place) => {
          const base = `${props.name}-${item.id}`;
          return (
            <li
              key={item.id}
              class={`sortable-row ${dragged?.id === item.id ? 'dragged' : ''} ${item.isQuiet ? 'is-quiet' : ''}`}
              data-testid={base}
              data-id={item.id}
              onKeyDown={(event) => {
                if (event.key === 'Escape') drop(false);
                const by = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
                if (by === undefined || !(event.target instanceof HTMLElement)) return;
                event.preventDefault();
                move(item.id, by, event.target.dataset['testid'] ?? `${base}-up`);
              }}
            >
              <span
                class="sortable-handle"
                title={t('sources_drag')}
                data-testid={`${base}-handle`}
                onPointerDown={(event) => {
                  if (event.button !== 0) return;
                  event.preventDefault();
                  event.currentTarget.setPointerCapture(event.pointerId);
                  setDragged({ id: item.id, order: stored });
                }}
                onPointerMove={(event) => {
                  if (dragged?.id !== item.id) return;
                  const next = moveSource(dragged.order, item.id, placeAt(event.clientY));
                  if (next !== dragged.order) setDragged({ id: item.id, order: next });
                }}
                onPointerUp={() => drop(true)}
                onPointerCancel={() => drop(false)}
              >
                <Icon name="grip" />
              </span>
              <span class="sortable-place number quiet">{place + 1}</span>
              <span class="sortable-text">
                <span class="sortable-label">{item.label}</span>
                {item.note && <span class="small quiet">{item.note}</span>}
              </span>
              {(['up', 'down'] as const).map((direction) => {
                const isEnd = direction === 'up' ? place === 0 : place === items.length - 1;
                const label = t(`sources_${direction}`, item.label);
                return (
                  <button
                    key={direction}
                    type="button"
                    class="button compact icon-only plain"
                    aria-label={label}
                    title={label}
                    aria-keyshortcuts={direction === 'up' ? 'Alt+ArrowUp' : 'Alt+ArrowDown'}
                    disabled={isEnd}
                    data-testid={`${base}-${direction}`}
                    onClick={() => move(item.id, direction === 'up' ? -1 : 1, `${base}-${direction}`)}
                  >
                    <Icon name={direction} />
                  </button>
                );
              })}
            </li>
          );
        })}
      </ol>
      <p class="unseen" role="status" data-testid={`${props.name}-spoken`}>
        {spoken}
      </p>
    </>
  );
}
