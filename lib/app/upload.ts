/**
 * Sends a file to a place of the researcher's own. Runs wherever the file is, since no message carries one: in the document
 * beside the worker, in the event page, in a page of ours. Whether the browser lets us call that place, the worker has made
 * sure of before (see destinations.ts).
 */
import * as z from 'zod/mini';
import { AppError, toAppError } from '../core/errors.ts';
import type { Http, WaitingClock } from '../core/ports.ts';
import { redactCredentials } from '../core/redaction.ts';
import { type Destination, destinationFields, type DestinationContext } from '../destinations/destination.ts';
import { destinationById } from '../destinations/index.ts';
import type { SentFile } from '../messaging/destination-models.ts';
import type { Credential } from '../providers/provider.ts';
import { getCredential } from '../storage/credentials.ts';
import type { CredentialDatabase } from '../storage/database.ts';
import { createSystemClock } from '../transport/clock.ts';
import { createHttp } from '../transport/http.ts';

export interface UploadDependencies {
  readonly credentials: () => Promise<CredentialDatabase>;
  readonly http: Http;
  readonly clock: WaitingClock;
}

export interface UploadRequest {
  /** Id of the destination. */
  readonly destination: string;
  /** As the destination's exporter made it; of one platform. */
  readonly file: Blob;
  readonly signal?: AbortSignal;
  /** Told whenever the server says how far it is. */
  readonly progress?: (words: string) => void;
}

/** The destination of this id; throws AppError `bad_request` where there is none. */
export function requireDestination(id: string): Destination {
  const destination = destinationById(id);
  if (!destination) throw new AppError('bad_request', `No destination is called ${id}.`);
  return destination;
}

/** Validates and trims; throws AppError `auth` that names the fields, never their values. */
export function readDestinationCredential(
  destination: Destination,
  values: Readonly<Record<string, string | readonly string[]>>,
): Credential {
  const parsed = z.safeParse(destination.credential, values);
  if (parsed.success) return parsed.data;
  const fields = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0] ?? '')))].join(', ');
  throw new AppError('auth', `The credential of ${destination.id} is incomplete or unreadable: ${fields}.`, {
    advice: 'error_credential_incomplete',
    parameters: [destination.label, fields],
    provider: destination.id,
  });
}

/** Runs something with a destination's credential; what is thrown is AppError, without any secret in it. */
export async function withDestination<Value>(
  destination: Destination,
  credential: Credential,
  { http, clock }: Pick<UploadDependencies, 'http' | 'clock'>,
  run: (context: DestinationContext) => Promise<Value>,
): Promise<Value> {
  try {
    return await run({ http, clock, credential });
  } catch (error) {
    const secrets = destinationFields(destination).flatMap(({ secret, name }) =>
      secret ? (credential[name] ?? []) : [],
    );
    throw withoutSecrets(toAppError(error), destination.id, secrets);
  }
}

/** Destinations redact what they say; this is the second lock on the same door. */
function withoutSecrets({ code, message, details }: AppError, id: string, secrets: readonly string[]): AppError {
  const clean = (text: string): string => redactCredentials(text, secrets);
  return new AppError(code, clean(message), {
    ...details,
    provider: details.provider ?? id,
    ...(details.parameters ? { parameters: details.parameters.map(clean) } : {}),
    ...(details.upstreamCode ? { upstreamCode: clean(details.upstreamCode) } : {}),
    ...(details.upstreamMessage ? { upstreamMessage: clean(details.upstreamMessage) } : {}),
  });
}

/** Characters of a file in which its first line names the platform: it stands before the item itself. */
const headLength = 8_192;

/** The module of Zeeschuimer's that a file's items are of; throws AppError `not_found` for a file without any. */
async function platformOf(file: Blob): Promise<string> {
  const head = await file.slice(0, headLength).text();
  const platform = /^\{[^\n]*?"source_platform":"([\w.-]{1,60})"/u.exec(head)?.[1];
  if (platform !== undefined) return platform;
  throw new AppError('not_found', 'The file holds no item.', { advice: 'error_nothing_to_send' });
}

/** Sends one file with the stored credential. Rejects with AppError; nothing is sent a second time. */
export async function uploadFile(
  dependencies: UploadDependencies,
  { destination: id, file, signal, progress }: UploadRequest,
): Promise<SentFile> {
  const destination = requireDestination(id);
  const platform = await platformOf(file);
  const stored = await getCredential(await dependencies.credentials(), id);
  const credential = readDestinationCredential(destination, stored?.values ?? {});
  const receipt = await withDestination(destination, credential, dependencies, (context) =>
    destination.send(
      { ...context, ...(signal ? { signal } : {}) },
      { file, platform, ...(progress ? { progress } : {}) },
    ),
  );
  return { platform, ...receipt };
}

/** Sends these files one after the other, over the network of this document. Rejects with AppError at the first that fails. */
export async function uploadFiles(
  credentials: () => Promise<CredentialDatabase>,
  destination: string,
  files: readonly { readonly blob: Blob }[],
  signal?: AbortSignal,
): Promise<readonly SentFile[]> {
  const clock = createSystemClock();
  const dependencies = { credentials, http: createHttp(clock), clock };
  const sent: SentFile[] = [];
  for (const { blob } of files) {
    // A table of which nothing was captured makes an empty file.
    if (blob.size > 0)
      sent.push(await uploadFile(dependencies, { destination, file: blob, ...(signal ? { signal } : {}) }));
  }
  if (sent.length > 0) return sent;
  throw new AppError('not_found', 'The files hold no item.', { advice: 'error_nothing_to_send' });
}
