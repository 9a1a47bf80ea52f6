// What the outbox says of a message: whether it needs a person, what helps, and what may be done.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { messageStates, type MessageState } from '@/contract/types';
import { adviceOf, figuresOf, mayCancel, mayRetry, plainHelps } from './stand';

const held = { state: 'held', reason: 'no_key', tlp: 'amber', pap: 'amber' } as const;
const that = (may: (state: MessageState) => boolean) => messageStates.filter(may);

test('what needs a person is counted apart from what is on its way', () => {
  expect(figuresOf({ held: 2, bounced: 1, waiting: 3, sending: 1, sent: 40, cancelled: 5 })).toEqual({ all: 52, needy: 3, underWay: 4 });
  expect(figuresOf({})).toEqual({ all: 0, needy: 0, underWay: 0 });
});

test('what was sent, is being sent or was cancelled stays as it is', () => {
  expect(that(mayRetry)).toEqual(['held', 'failed', 'bounced', 'waiting']);
  expect(that(mayCancel)).toEqual(['held', 'failed', 'waiting']);
});

test('every reason to hold or to fail has its advice, in words', () => {
  const words = JSON.parse(readFileSync(new URL('../../../../data/i18n/en.json', import.meta.url), 'utf8')) as Record<'message_reason' | 'message_short' | 'message_advice', Record<string, string>>;
  for (const reason of Object.keys(words.message_short)) {
    const advice = adviceOf({ state: 'held', reason });
    expect(words.message_reason[reason], reason).toBeDefined();
    expect(words.message_advice[advice ?? ''], reason).toBeDefined();
  }
  expect(adviceOf({ state: 'sent', reason: null })).toBeUndefined();
});

test('an agreement helps where a key is missing, and never under the strictest labels', () => {
  expect(plainHelps(held)).toBe('yes');
  expect(plainHelps({ ...held, reason: 'no_own_key' })).toBe('yes');
  expect(plainHelps({ ...held, tlp: 'red' })).toBe('never');
  expect(plainHelps({ ...held, pap: 'red' })).toBe('never');
  expect(plainHelps({ ...held, reason: 'no_contact' })).toBeUndefined();
  expect(plainHelps({ ...held, state: 'failed', reason: 'rejected' })).toBeUndefined();
});
