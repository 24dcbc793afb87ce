/** The messages about the places that files are sent to. */
import * as z from 'zod/mini';
import type { DestinationState } from './destination-models.ts';
import { credentialValuesSchema, empty, from } from './message.ts';

const withValues = z.object({ destination: z.string().check(z.maxLength(60)), values: credentialValuesSchema });

export const destinationProtocol = {
  'destination.list': from('page').takes(empty).gives<readonly DestinationState[]>(),
  /** An empty secret keeps the stored one. The page has asked for the host permission before. */
  /** To be asked before a file is made for it: rejects where there is no key for it, or the browser does not let us call it. */
  'destination.ready': from('page')
    .takes(z.object({ destination: z.string().check(z.maxLength(60)) }))
    .gives<null>(),
  'destination.save': from('page').takes(withValues).gives<DestinationState>(),
  /** One real call with these values (an empty secret: the stored one) that changes nothing, here or there. */
  'destination.test': from('page').takes(withValues).gives<DestinationState>(),
  /** Gives the host permission back as well. */
  'destination.delete': from('page')
    .takes(z.object({ destination: z.string().check(z.maxLength(60)) }))
    .gives<DestinationState>(),
} as const;
