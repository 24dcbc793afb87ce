import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useTranslate } from '../hooks.tsx';
import { Icon, type IconName } from './Icon.tsx';

/** A labelled on/off setting; `help` says what it costs or changes, `name` begins with the label and says more than there is room for. */
export function Switch(props: {
  label: string;
  name?: string;
  help?: string | undefined;
  checked: boolean;
  onChange: (checked: boolean) => void;
  testid: string;
}) {
  const id = useId();
  return (
    <label class="switch" for={id}>
      <span class="switch-label">{props.label}</span>
      {props.help && (
        <span class="switch-help quiet small" id={`${id}-help`}>
          {props.help}
        </span>
      )}
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={props.checked}
        aria-label={props.name}
        title={props.name}
        aria-describedby={props.help ? `${id}-help` : undefined}
        data-testid={props.testid}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
    </label>
  );
}

const noticeIcons: Record<NoticeTone, IconName> = { plain: 'info', good: 'check', warn: 'alert', bad: 'alert' };
type NoticeTone = 'plain' | 'good' | 'warn' | 'bad';

/** A message that stands in the flow of the page. `live` has screen readers speak it when it appears. */
export function Notice(props: {
  tone?: NoticeTone;
  icon?: IconName;
  title?: string;
  live?: boolean;
  testid?: string;
  /** Given: it can be closed. */
  onClose?: () => void;
  children?: ComponentChildren;
}) {
  const t = useTranslate();
  const tone = props.tone ?? 'plain';
  return (
    <div
      class={`notice ${tone} ${props.onClose ? 'closable' : ''}`}
      role={props.live ? (tone === 'bad' ? 'alert' : 'status') : undefined}
      data-testid={props.testid}
    >
      <Icon name={props.icon ?? noticeIcons[tone]} />
      <div class="notice-body">
        {props.title && <p class="notice-title">{props.title}</p>}
        {props.children}
      </div>
      {props.onClose && (
        <button
          type="button"
          class="button compact icon-only plain"
          aria-label={t('action_close')}
          title={t('action_close')}
          onClick={props.onClose}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}

/** A part that is folded away until asked for. */
export function Disclosure(props: {
  summary: ComponentChildren;
  open?: boolean;
  /** For a summary that is itself information. */
  quiet?: boolean;
  testid?: string;
  children: ComponentChildren;
}) {
  return (
    <details class={props.quiet ? 'disclosure figure-line' : 'disclosure'} open={props.open} data-testid={props.testid}>
      <summary>
        <Icon name="chevron" />
        <span>{props.summary}</span>
      </summary>
      {props.children}
    </details>
  );
}

/** A button that copies a text and says so for a moment, in words and to screen readers. */
export function CopyButton(props: {
  text: string | (() => string);
  label: string;
  compact?: boolean;
  iconOnly?: boolean;
  testid?: string;
}) {
  const t = useTranslate();
  const [copied, copy] = useCopied();
  const label = copied ? t('action_copied') : props.label;
  return (
    <button
      type="button"
      class={`button ${props.compact ? 'compact' : ''} ${props.iconOnly ? 'icon-only plain' : ''}`}
      title={props.iconOnly ? label : undefined}
      aria-label={props.iconOnly ? label : undefined}
      data-testid={props.testid}
      onClick={() => copy(typeof props.text === 'string' ? props.text : props.text())}
    >
      <Icon name={copied ? 'check' : 'copy'} />
      {!props.iconOnly && <span aria-live="polite">{label}</span>}
      {props.iconOnly && (
        <span class="unseen" role="status">
          {copied ? t('action_copied') : ''}
        </span>
      )}
    </button>
  );
}

/** Writes to the clipboard; true for a moment afterwards. */
export function useCopied(): [boolean, (text: string) => void] {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Refused by the browser: nothing was copied, and nothing claims so.
      setCopied(false);
      return;
    }
    setCopied(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCopied(false), 1_600);
  };
  return [copied, (text) => void copy(text)];
}

/** A link that leaves the extension. */
export function OutsideLink(props: { href: string; children: ComponentChildren; testid?: string }) {
  const t = useTranslate();
  return (
    <a
      class="outside-link"
      href={props.href}
      target="_blank"
      rel="noreferrer noopener"
      data-testid={props.testid}
      title={t('action_opens_tab')}
    >
      {props.children}
    </a>
  );
}
