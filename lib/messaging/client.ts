/** Sends messages to the worker. Imports the protocol as types only: the content script carries this file. */
import { browser } from 'wxt/browser';
import { AppError, type WireError } from '../core/errors.ts';
import type { Input, MessageName, Output, Reply, Send, WorkerEvent } from './protocol.ts';

/** How a message looks on the wire. */
interface Envelope {
  readonly clipscope: 'message';
  readonly name: MessageName;
  readonly input: unknown;
}

function fromWire(error: WireError): AppError {
  const { code, message, ...details } = error;
  return new AppError(code, message, details);
}

function stopped(reason: string): AppError {
  const advice = 'error_background_stopped';
  return new AppError('cancelled', `The background did not answer: ${reason}`, { retryable: true, advice });
}

/** True once this page outlived its extension (an update or a reload): nothing can be sent any more. */
export function isOrphaned(): boolean {
  return !browser.runtime?.id;
}

/**
 * Sends one message. A worker that died before it answered rejects with `cancelled`, which can be tried again:
 * whatever it had done is in storage.
 */
export const send: Send = async <Name extends MessageName>(name: Name, input: Input<Name>): Promise<Output<Name>> => {
  let reply: Reply<Name> | undefined;
  try {
    const envelope: Envelope = { clipscope: 'message', name, input };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own worker answers, typed by the protocol
    reply = (await browser.runtime.sendMessage(envelope)) as Reply<Name> | undefined;
  } catch (error) {
    throw stopped(String(error));
  }
  if (!reply) throw stopped('no answer');
  if (!reply.ok) throw fromWire(reply.error);
  return reply.value;
};

/** Calls back on every event that the worker tells; returns the unsubscribe function. */
export function onWorkerEvent(listener: (event: WorkerEvent) => void): () => void {
  const receive = (message: unknown): void => {
    if (typeof message === 'object' && message !== null && 'clipscope' in message && message.clipscope === 'event') {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only our own worker sends events
      listener((message as unknown as { body: WorkerEvent }).body);
    }
  };
  browser.runtime.onMessage.addListener(receive);
  return () => browser.runtime.onMessage.removeListener(receive);
}
