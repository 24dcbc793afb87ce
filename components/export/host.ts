/** What the dialog is told by the page that it stands on: what can be exported there, and how. */
import type { ExportChoices, TableId } from '../../lib/core/export-choices.ts';
import type { ExportedFile, ExportPreview, Progress, SentFile } from '../../lib/messaging/protocol.ts';

/** Something that can be exported as a whole. */
export interface ExportScope {
  readonly id: string;
  readonly label: string;
  /** Null: not counted before it is chosen. */
  readonly count: number | null;
}

/** Everything rejects with AppError. */
export interface ExportHost {
  /** At least one. */
  readonly scopes: readonly ExportScope[];
  readonly preview: (scope: string, choices: ExportChoices, table: TableId | null) => Promise<ExportPreview>;
  /** Writes the files and saves them. */
  readonly run: (
    scope: string,
    choices: ExportChoices,
    progress: (progress: Progress) => void,
  ) => Promise<readonly ExportedFile[]>;
  /** The same, sent to a destination instead. */
  readonly send: (
    scope: string,
    choices: ExportChoices,
    destination: string,
    progress: (progress: Progress) => void,
  ) => Promise<readonly SentFile[]>;
  /** Ends what `run` or `send` began, which rejects with `cancelled`. */
  readonly stop: () => Promise<void>;
}
