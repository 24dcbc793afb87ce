import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from '../parts/Icon.tsx';

/**
 * A button with what it opens below it. Escape, a press outside and leaving by Tab close it; the focus goes in when it
 * opens and back when it closes.
 */
export function Popover(props: {
  label: ComponentChildren;
  /** Names the part for screen readers. */
  name: string;
  icon?: IconName;
  /** The side of the button that both share. */
  align?: 'start' | 'end';
  buttonClass?: string;
  disabled?: boolean;
  title?: string | undefined;
  testid: string;
  children: (close: () => void) => ComponentChildren;
}) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };

  useEffect(() => {
    if (!open) return;
    const wished = panel.current?.querySelector<HTMLElement>('[data-autofocus], input, select, button');
    wished?.focus();
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside, true);
    return () => document.removeEventListener('pointerdown', outside, true);
  }, [open]);

  return (
    <div
      ref={box}
      class="popover-box"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        close();
      }}
      onFocusOut={(event) => {
        const to = event.relatedTarget;
        if (to instanceof Node && !box.current?.contains(to)) setOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        class={props.buttonClass ?? 'button compact'}
        disabled={props.disabled}
        title={props.title}
        aria-expanded={open}
        aria-haspopup="dialog"
        aria-controls={open ? id : undefined}
        data-testid={props.testid}
        onClick={() => setOpen(!open)}
      >
        {props.icon && <Icon name={props.icon} />}
        {props.label}
      </button>
      {open && (
        <div
          ref={panel}
          id={id}
          class={`popover ${props.align === 'end' ? 'at-end' : ''}`}
          role="dialog"
          aria-label={props.name}
          data-testid={`${props.testid}-panel`}
        >
          {props.children(close)}
        </div>
      )}
    </div>
  );
}
