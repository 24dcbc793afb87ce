import { AppError } from '../core/errors.ts';

/** Whether the browser refused a write for want of room: IndexedDB by the error's name, the storage areas in words. */
function isFull(error: unknown): boolean {
  return error instanceof Error && (error.name === 'QuotaExceededError' || /\bquota\b/iu.test(error.message));
}

/** Runs a write. Throws AppError `storage_full` where the browser has no room left; other errors pass. */
export async function writing<Value>(write: () => Promise<Value>): Promise<Value> {
  try {
    return await write();
  } catch (error) {
    throw isFull(error) ? new AppError('storage_full', 'The browser has no room left for Clipscope.') : error;
  }
}

interface Transaction {
  readonly done: Promise<void>;
  abort(): void;
}

/**
 * Runs a write within an open transaction and waits until it is committed. Both promises are awaited together: a failed
 * request also fails `done`, which nobody else would hear.
 */
export function committing(transaction: Transaction, write: () => Promise<unknown>): Promise<void> {
  return writing(async () => {
    const written = write().catch((error: unknown) => {
      try {
        transaction.abort();
      } catch {
        // It has ended by itself.
      }
      throw error;
    });
    // The write's own error says more than the AbortError that follows it.
    const [outcome, end] = await Promise.allSettled([written, transaction.done]);
    if (outcome.status === 'rejected') throw outcome.reason;
    if (end.status === 'rejected') throw end.reason;
  });
}
