import { expect, test } from 'vitest';
import { readAnswer } from './index.ts';
import { contextAt } from './payload.samples.ts';
import { statusOfPart, tiktokAvailability, tiktokStatus } from './tiktok-status.ts';

test.each([
  [10000, '', 'captcha'],
  [10101, '', null],
  [10102, '', 'login_wall'],
  [10119, '', 'login_wall'],
  [10202, '', 'not_available'],
  [10204, '', 'not_available'],
  [10204, "item doesn't exist", 'not_available'],
  [10204, 'status_deleted', 'removed'],
  [10204, 'status_self_see', 'private'],
  [10204, 'person_geo_fencing', 'region_blocked'],
  [10204, 'copyright_geo_filter', 'region_blocked'],
  [10204, 'cross_border_violation', 'region_blocked'],
  [10204, 'author_status,status_reviewing', 'not_available'],
  [10204, 'author_status, STATUS_DELETED', 'removed'],
  [10204, 'status_audit_not_pass', 'not_available'],
  [10204, 'constructor', 'not_available'],
  [10216, 'status_deleted', 'private'],
  [10221, '', 'not_available'],
  [10222, '', 'private'],
  [10231, '', 'region_blocked'],
  [19_881_007, '', 'unknown'],
  [-1, '', 'unknown'],
])('%d %s means %s', (code, message, availability) => {
  expect(tiktokAvailability(code, message)).toBe(availability);
});

test('no code is ever said to mean that a post was removed, but for the words beside it', () => {
  for (let code = 10_000; code < 10_300; code++) expect(tiktokAvailability(code, '')).not.toBe('removed');
});

test('the code and words of an answer, however they are spelt', () => {
  expect(statusOfPart({ statusCode: 10216, statusMessage: 'private' })).toEqual({
    code: '10216',
    message: 'private',
    availability: 'private',
  });
  expect(statusOfPart({ status_code: '10231', status_msg: 'geo' })).toMatchObject({ availability: 'region_blocked' });
  expect(statusOfPart({ statusCode: 0, statusMsg: 'ok' })).toBeNull();
  expect(statusOfPart({})).toBeNull();
});

test('a settings scope does not speak for the page', () => {
  const settings = { status_code: 10101, status_msg: 'no settings' };
  expect(tiktokStatus({ __DEFAULT_SCOPE__: { 'webapp.reflow.video.operationSettings': settings } })).toBeNull();
  expect(tiktokStatus({ __DEFAULT_SCOPE__: { 'webapp.reflow.video.detail': settings } })).toMatchObject({
    code: '10101',
  });
});

test('an answer that only holds a status', () => {
  const context = contextAt(Date.UTC(2026, 0, 2));
  expect(readAnswer({ statusCode: 10204, statusMsg: 'status_deleted' }, context)).toEqual({
    payload: null,
    records: [],
    status: { code: '10204', message: 'status_deleted', availability: 'removed' },
  });
});
