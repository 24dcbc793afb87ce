/** Parameters to sign from JSON text, with every digit of a large integer kept and every float refused. */
import { AppError } from '../core/errors.ts';
import { parseJson } from '../core/lossless-json.ts';
import type { SigningParameters } from './canonical.ts';

/** Stands for a number that is not written as an integer. */
const float = Symbol('float');

/**
 * Reads a JSON object of parameters. Integers of any size become numbers or bigints by their digits; `1.0`, `1e3`,
 * null, booleans, lists and objects throw AppError `bad_request` that names the parameter. Of a name that is written
 * twice the last counts; `sign` itself is left out. Text that is no JSON object throws `schema`.
 */
export function parseParameters(text: string): SigningParameters {
  // Guards the nesting and words the errors; the digits are taken from the second pass.
  parseJson(text);
  const parsed: unknown = JSON.parse(text.replace(/^\u{FEFF}/u, ''), readNumber);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new AppError('schema', 'The parameters must be one JSON object.', { advice: 'error_parameters_not_object' });
  }
  // An old signature is no part of what is signed, whatever it holds.
  const entries = Object.entries(parsed).filter(([name]) => name !== 'sign');
  return Object.fromEntries(entries.map(([name, value]) => [name, requireSignable(name, value)]));
}

function readNumber(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number') return value;
  const source = context?.source ?? String(value);
  if (!/^-?\d+$/u.test(source)) return float;
  return Number.isSafeInteger(value) ? value + 0 : BigInt(source);
}

function requireSignable(name: string, value: unknown): string | number | bigint {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  const kind = value === float ? 'a number that is not written as an integer' : describe(value);
  throw new AppError('bad_request', `The parameter ${JSON.stringify(name)} cannot be signed: it is ${kind}.`, {
    advice: 'error_parameter_unsignable',
    parameters: [name],
  });
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a JSON ${typeof value}`;
}
