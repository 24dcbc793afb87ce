import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { WireError } from '../../lib/core/errors.ts';
import { useTranslate } from '../hooks.tsx';
import { Notice } from '../parts/basics.tsx';
import { ErrorNotice } from '../parts/ErrorNotice.tsx';

/** The second step of what cannot be undone: says what will go, and begins with the way out. */
export function TwoSteps(props: {
  question: string;
  confirm: string;
  running: boolean;
  error: WireError | null;
  testid: string;
  onConfirm: () => void;
  onCancel: () => void;
  children?: ComponentChildren;
}) {
  const t = useTranslate();
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => cancel.current?.focus(), []);
  return (
    <Notice tone="warn" title={props.question} live testid={props.testid}>
      {props.children}
      {props.error && <ErrorNotice error={props.error} />}
      <div class="row">
        <button
          ref={cancel}
          type="button"
          class="button"
          disabled={props.running}
          data-testid={`${props.testid}-cancel`}
          onClick={props.onCancel}
        >
          {t('action_cancel')}
        </button>
        <button
          type="button"
          class="button danger"
          disabled={props.running}
          data-testid={`${props.testid}-confirm`}
          onClick={props.onConfirm}
        >
          {props.confirm}
        </button>
      </div>
    </Notice>
  );
}
