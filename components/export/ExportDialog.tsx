import { useCallback, useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Destination } from '../../lib/destinations/destination.ts';
import { destinations } from '../../lib/destinations/index.ts';
import { useDestinations } from '../destinations.ts';
import { type ExportChoices, type TableId } from '../../lib/core/export-choices.ts';
import { toAppError, type WireError } from '../../lib/core/errors.ts';
import type { ExportedFile, Progress, SentFile } from '../../lib/messaging/protocol.ts';
import type { LastChoices } from '../exports.ts';
import { useTranslate } from '../hooks.tsx';
import { Icon } from '../parts/Icon.tsx';
import { isBarred } from './choices.ts';
import { ExportFoot } from './ExportFoot.tsx';
import { ExportOptions } from './ExportOptions.tsx';
import type { ExportHost } from './host.ts';
import { PreviewPart } from './PreviewPart.tsx';
import { usePreview } from './use-preview.ts';

export type RunState =
  | { readonly step: 'idle' }
  | { readonly step: 'running'; readonly progress: Progress | null }
  | { readonly step: 'done'; readonly files: readonly ExportedFile[] }
  | { readonly step: 'sent'; readonly label: string; readonly files: readonly SentFile[] }
  /** `to`: what was tried; null: saving. */
  | { readonly step: 'failed'; readonly error: WireError; readonly to: Destination | null };

/**
 * Everything that can be chosen of an export, how the files will begin, and the export itself. Begins with the last choices
 * and with the focus on the button that exports.
 */
export function ExportDialog(props: {
  host: ExportHost;
  /** The scope to begin with; the first one without it. */
  scope?: string | undefined;
  last: LastChoices;
  onClose: () => void;
}) {
  const t = useTranslate();
  const title = useId();
  const { host, last, onClose } = props;
  const [changed, setChanged] = useState<ExportChoices | null>(null);
  const choices = changed ?? last.choices;
  const [chosenScope, setScope] = useState(props.scope);
  const scope = host.scopes.find(({ id }) => id === chosenScope)?.id ?? host.scopes[0]?.id ?? '';
  const [table, setTable] = useState<TableId | null>(null);
  const [state, setState] = useState<RunState>({ step: 'idle' });
  const running = state.step === 'running';
  const barred = choices !== null && isBarred(choices);
  const preview = usePreview(host, scope, barred ? null : choices, table, running);
  const saved = useDestinations().value?.flatMap(({ destination, saved: has }) => (has ? [destination] : []));
  const takers = destinations.filter(({ id, takes }) => takes === choices?.format && saved?.includes(id));
  const box = useDialog(running ? () => void host.stop() : onClose);

  const change = useCallback((next: ExportChoices) => {
    setChanged(next);
    setState({ step: 'idle' });
  }, []);
  /** Saves the files, or sends them to a destination. */
  const run = async (to: Destination | null) => {
    if (!choices || barred || running) return;
    setState({ step: 'running', progress: null });
    // What is told of the progress may arrive after the answer.
    const progress = ({ done, total }: Progress) => {
      // Things can make several rows each: how many there will be is not known then.
      const told = { done, total: total !== null && done > total ? null : total };
      setState((now) => (now.step === 'running' ? { step: 'running', progress: told } : now));
    };
    try {
      if (to) setState({ step: 'sent', label: to.label, files: await host.send(scope, choices, to.id, progress) });
      else setState({ step: 'done', files: await host.run(scope, choices, progress) });
      // The files are saved: that the choices could not be remembered is no reason to say otherwise.
      await last.choose(choices).catch(() => undefined);
    } catch (problem) {
      setState({ step: 'failed', error: toAppError(problem).toWire(), to });
    }
  };

  return (
    <dialog ref={box} class="export-dialog" aria-labelledby={title} data-testid="export-dialog">
      <header class="export-head">
        <h2 id={title}>{t('export_title')}</h2>
        <button
          type="button"
          class="button icon-only plain"
          aria-label={t('action_close')}
          title={t('action_close')}
          data-testid="export-close"
          onClick={running ? () => void host.stop().then(onClose) : onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      <div class="export-body">
        <div class="export-options">
          {choices ? (
            <fieldset class="bare" disabled={running}>
              <legend class="unseen">{t('export_title')}</legend>
              <ExportOptions
                host={host}
                scope={scope}
                choices={choices}
                preview={preview.value}
                onScope={(id) => {
                  setScope(id);
                  setState({ step: 'idle' });
                }}
                onTable={setTable}
                onChange={change}
              />
            </fieldset>
          ) : (
            <div class="skeleton export-skeleton" />
          )}
        </div>
        <PreviewPart choices={choices} preview={preview} onTable={setTable} />
      </div>
      <ExportFoot
        state={state}
        preview={preview}
        ready={choices !== null && !barred}
        destinations={takers}
        onRun={() => void run(null)}
        onSend={(to) => void run(to)}
        onStop={() => void host.stop()}
        onDismiss={() => setState({ step: 'idle' })}
        onClose={onClose}
      />
    </dialog>
  );
}

/** Opens the dialog over the page; Escape is `leave`. The focus goes back to where it was. */
function useDialog(leave: () => void) {
  const box = useRef<HTMLDialogElement>(null);
  const latest = useRef(leave);
  latest.current = leave;
  useEffect(() => {
    const dialog = box.current;
    if (!dialog) return;
    const before = document.activeElement;
    dialog.showModal();
    dialog.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    const cancel = (event: Event): void => {
      // A file that is chosen inside cancels as well.
      if (event.target !== dialog) return;
      event.preventDefault();
      latest.current();
    };
    dialog.addEventListener('cancel', cancel);
    return () => {
      dialog.removeEventListener('cancel', cancel);
      dialog.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return box;
}
