import { expose, wrap } from 'comlink';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '../../core/errors.ts';
import { carryErrors } from './carry-errors.ts';

const { port1, port2 } = new MessageChannel();
beforeAll(() => {
  carryErrors();
  expose(
    {
      fail: () => {
        throw new AppError('storage_full', 'No room.', { advice: 'error_full', parameters: ['a', '中'], retryAt: 7 });
      },
      stumble: () => Reflect.get(JSON.parse('{}'), 'missing').length,
      answer: () => 42,
    },
    port1,
  );
});
afterAll(() => {
  port1.close();
  port2.close();
});

interface Service {
  readonly fail: () => never;
  readonly stumble: () => number;
  readonly answer: () => number;
}

test('an error comes out with everything that people are told of it', async () => {
  const service = wrap<Service>(port2);
  const error: unknown = await Promise.resolve(service.fail()).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AppError);
  expect((error as AppError).toWire()).toMatchObject({
    code: 'storage_full',
    message: 'No room.',
    advice: 'error_full',
    parameters: ['a', '中'],
    retryAt: 7,
  });
});

test('what is none of ours is internal, and answers pass', async () => {
  const service = wrap<Service>(port2);
  await expect(service.stumble()).rejects.toMatchObject({ code: 'internal' });
  expect(await service.answer()).toBe(42);
});
