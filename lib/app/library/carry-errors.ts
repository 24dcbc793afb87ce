/**
 * Lets our errors cross between the library's page and its worker whole: Comlink by itself carries an error's name and
 * message only, and the code, the advice and its parameters are what people are told. Both sides install it.
 */
import { transferHandlers } from 'comlink';
import { AppError, toAppError, type WireError } from '../../core/errors.ts';

interface Carried {
  readonly error: WireError;
}

function isCarried(value: unknown): value is Carried {
  return typeof value === 'object' && value !== null && 'error' in value;
}

/** What Comlink hands over of something thrown. */
function thrownIn(carrier: unknown): unknown {
  return typeof carrier === 'object' && carrier !== null && 'value' in carrier ? carrier.value : carrier;
}

/** Replaces Comlink's own way of carrying what is thrown (comlink 4.4.2: the handler named `throw`). */
export function carryErrors(): void {
  const own = transferHandlers.get('throw');
  if (!own) throw new AppError('internal', 'This version of Comlink carries errors in another way.');
  transferHandlers.set('throw', {
    canHandle: (value): value is unknown => own.canHandle(value),
    serialize: (carrier) => [{ error: toAppError(thrownIn(carrier)).toWire() } satisfies Carried, []],
    deserialize(carried) {
      if (!isCarried(carried)) throw new AppError('internal', 'What the library threw came in no form that is known.');
      const { code, message, ...details } = carried.error;
      throw new AppError(code, message, details);
    },
  });
}
