import { useEffect, useState } from 'preact/hooks';
import { AppError } from '../../lib/core/errors.ts';
import type { OverlayState } from '../../lib/messaging/overlay.ts';
import type { ExportedFile } from '../../lib/messaging/protocol.ts';

/** How long the outcome of an action stands there. */
const noticeMs = 8_000;

export type Task = 'lookup' | 'export' | 'save' | 'panel' | 'options';

/** Runs one action at a time and tells, in place of the usual words, what came of it; what it tells is about `subject`. */
export function useActions(setup: OverlayState['setup'], subject: string) {
  const [busy, setBusy] = useState<Task | null>(null);
  const [notice, setNotice] = useState<string | null>(null);
  useEffect(() => setNotice(null), [subject]);
  useEffect(() => {
    if (notice === null) return undefined;
    const timer = setTimeout(() => setNotice(null), noticeMs);
    return () => clearTimeout(timer);
  }, [notice]);
  const run = (task: Task, action: () => Promise<string | void>) => {
    setBusy(task);
    setNotice(null);
    action()
      .then(
        (text) => setNotice(text ?? null),
        (error: unknown) => setNotice(failureText(setup, error)),
      )
      .finally(() => setBusy(null));
  };
  return { busy, notice, run };
}

/** The files' names, each with its number of rows. */
export function exportedText(setup: OverlayState['setup'], files: readonly ExportedFile[]): string {
  const names = files.map((file) => `${file.name} (${file.rows})`).join(', ');
  return `${setup.words['overlay_exported'] ?? ''} ${names}`;
}

/** The worker's advice where its words were sent along, else the general line: words here have no placeholders. */
function failureText(setup: OverlayState['setup'], error: unknown): string {
  const general = setup.words['overlay_failed'] ?? '';
  if (!(error instanceof AppError)) return general;
  return setup.words[error.details.advice ?? ''] ?? setup.words[`error_${error.code}`] ?? general;
}
