// The figures of a plan agree with what it lists, and are not told where it lists but a part.
import { expect, test } from 'vitest';
import type { PlannedMessage, RoutingPlan } from '@/contract/types';
import { figuresByRule, figuresOf, inOrder, lostIn } from './plan';

const name = { mk: '', sq: '', en: 'x' };
const message = (organisation: string, rule: number, findings: number, told = true): PlannedMessage => ({
  organisation: { id: organisation, name: organisation } as PlannedMessage['organisation'],
  rule: { number: rule, name }, deed: 'tell', side: 'organisation', after_days: null, counts: 'days', channels: ['mail', 'webhook'], waits: null, language: null, attachment: 'csv', findings, samples: [],
  recipients: told ? [{ name: 'Desk', role: 'duty', email: 'desk@bank.example', language: 'mk', encrypts_by: null }] : [],
});
const messages = [message('a', 1, 2), message('a', 3, 5), message('b', 3, 1, false)];
const plan: RoutingPlan = {
  at: '2026-11-26T00:00:00Z', findings: 20, to_tell: 8, waiting: 0, message_total: 3, is_whole: true, messages,
  not_told: [
    { why: 'suppressed', rule: { number: 2, name }, findings: 9, samples: [] },
    { why: 'told_recently', rule: { number: 3, name }, findings: 2, samples: [] },
    { why: 'without_rule', rule: null, findings: 1, samples: [] },
  ],
};

test('organisations are counted once, what is not told is the rest', () => {
  expect(figuresOf(plan)).toEqual({ findings: 8, messages: 3, organisations: 2, leftOut: 12 });
  expect(figuresOf({ ...plan, message_total: 300 }).organisations).toBeUndefined();
});

test('each rule has what it tells and what it holds back', () => {
  expect(figuresByRule(plan)).toEqual(new Map([[1, { told: 2, messages: 1, suppressed: 0 }], [3, { told: 6, messages: 2, suppressed: 0 }], [2, { told: 0, messages: 0, suppressed: 9 }]]));
  expect(figuresByRule({ ...plan, message_total: 300 })).toBeUndefined();
});

test('messages that have nobody to go to stand first', () => {
  expect(inOrder(messages).map(({ findings }) => findings)).toEqual([1, 2, 5]);
  expect(lostIn(messages)).toBe(1);
});
