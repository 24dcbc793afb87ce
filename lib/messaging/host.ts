import type { Send, WorkerEvent } from './protocol.ts';

/**
 * What a page of the extension gets from its surroundings. `lib/app` makes it from the browser; views only know this.
 */
export interface PageHost {
  readonly send: Send;
  /** Calls back on every event of the worker; returns the unsubscribe function. */
  readonly subscribe: (listener: (event: WorkerEvent) => void) => () => void;
  /** The active tab of the current window, now. */
  readonly activeTab: () => Promise<number | null>;
  /** Calls back when another tab becomes active in the current window; returns the unsubscribe function. */
  readonly onActiveTab: (listener: (tabId: number) => void) => () => void;
  /**
   * Asks for the host permission of these origins (`https://host`); true when granted. Must be called synchronously
   * in a click's handler: browsers refuse to ask otherwise.
   */
  readonly requestOrigins: (origins: readonly string[]) => Promise<boolean>;
  /** Opens the side panel beside this tab. Must be called synchronously in a click's handler. */
  readonly openPanel: (tabId: number) => Promise<void>;
  readonly openOptions: () => Promise<void>;
  /** Shows the library: the tab that has it, or else a new one. `view`: what stands after the # of its address. */
  readonly openLibrary: (view?: string) => Promise<void>;
  /** The browser's UI language ("zh-CN"). */
  readonly browserLanguage: string;
  readonly version: string;
}
