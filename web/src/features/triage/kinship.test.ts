// What an incident begins with, and what a group has in common.
import { expect, test } from 'vitest';
import type { Report, ReportStory } from '@/contract/types';
import { beginningOf, incidentsOf, sharedOf } from './kinship';

const report = (change: Partial<Report>) => ({ id: '1', subject: 'Strange mail', state: 'waiting', tlp: 'amber', pap: 'green', received_at: '2026-11-27T12:00:00Z', incident: null, ...change }) as Report;
const story = (change: Partial<ReportStory>) => ({ report: report({}), text: '', similar: [], ...change }) as ReportStory;

test('the labels are the strictest of those that wait, and the first of them is when it was noticed', () => {
  const similar = [report({ id: '2', tlp: 'amber+strict', received_at: '2026-11-27T10:00:00+01:00' }), report({ id: '3', tlp: 'red', state: 'refused', received_at: '2026-11-26T10:00:00Z' })];
  expect(beginningOf(story({ similar }))).toEqual({ title: 'Strange mail', tlp: 'amber+strict', pap: 'green', readers: [], detected_at: '2026-11-27T10:00:00+01:00' });
});

test('without a subject the first line is the title, and no longer than one may be', () => {
  expect(beginningOf(story({ report: report({ subject: null }), text: ' A link\nto my bank' })).title).toBe('A link');
  expect(beginningOf(story({ report: report({ subject: 'x'.repeat(300) }) })).title).toHaveLength(200);
});

test('each incident of its group is told once', () => {
  const incident = { id: 'i', number: 'INC-2026-000001', title: 'Wave' };
  expect(incidentsOf(story({ similar: [report({ incident }), report({ incident })] }))).toEqual([incident]);
});

test('what is shared ends not at the colon of a URL', () => {
  expect(sharedOf({ shared: 'url:https://login.example.net/card' })).toEqual({ kind: 'url', value: 'https://login.example.net/card' });
  expect(sharedOf({ shared: null })).toBeUndefined();
});
