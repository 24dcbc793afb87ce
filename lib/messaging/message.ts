/** What every entry of the protocol is made with. */
import * as z from 'zod/mini';
import { parseRefKey, type RefKey } from '../core/ref.ts';

/**
 * Who may send a message. `content`: our content script in a tab of a known site. `page`: a page of the extension.
 * `worker`: the background, to the document that makes files for it.
 */
export type Sender = 'content' | 'page' | 'worker';

/** Curried so that a message's output type can be named while the rest is inferred. */
export function from<const From extends readonly Sender[]>(...senders: From) {
  return {
    takes: <Input extends z.ZodMiniType>(input: Input) => ({
      // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the output exists as a type only
      gives: <Output>() => ({
        from: senders,
        input,
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the output exists as a type only
        output: undefined as unknown as Output,
      }),
    }),
  };
}

export const empty = z.object({});

export const refKeySchema = z.custom<RefKey>(
  (value) => typeof value === 'string' && value.length <= 300 && parseRefKey(value) !== null,
  'not a ref key',
);

/** What a form of a credential holds: one text, or several, per field. */
export const credentialValuesSchema = z.record(
  z.string().check(z.maxLength(60)),
  z.union([z.string().check(z.maxLength(4_000)), z.array(z.string().check(z.maxLength(4_000))).check(z.maxLength(20))]),
);
