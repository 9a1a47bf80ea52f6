// What the form sends is what stands in it, and what was read where nothing was changed.
import { expect, test } from 'vitest';
import type { Incident } from '@/contract/types';
import { draftOf, inputOf } from './draft';

const input = {
  title: 'Ransomware at Example Hospital Lakeside', summary: 'Files were **encrypted**.', class: 'malicious-code', type: 'infected-system', severity: 'high', tlp: 'amber', pap: 'green', lead: '7', cross_border: true,
  sectors: ['health'], services: ['Patient records'], tags: ['ransomware'], techniques: ['T1486'], happened_at: '2026-11-21T01:10:23Z', detected_at: null,
} as const;
const incident = { ...input, id: '1', version: 3, lead: { id: '7', full_name: 'Example Analyst' } } as unknown as Incident;

test('what was read is what is sent, where nothing is changed', () => expect(inputOf(draftOf(incident, '9'))).toEqual(input));

test('whoever opens an incident leads it, and a lead that was taken away does not come back', () => {
  expect(draftOf(undefined, '9').lead).toBe('9');
  expect(draftOf({ ...incident, lead: null }, '9').lead).toBeNull();
});

test('without title, class, type and severity there is none', () => {
  const draft = draftOf(incident, '9');
  for (const change of [{ title: ' ' }, { class: null }, { type: null }, { severity: null }]) expect(inputOf({ ...draft, ...change })).toBeUndefined();
});

test('readers are told under TLP:RED only', () => {
  const draft = { ...draftOf(incident, '9'), readers: ['8'] };
  expect([inputOf({ ...draft, tlp: 'red' })?.readers, inputOf(draft)?.readers]).toEqual([['8'], undefined]);
});

test('techniques are as ATT&CK writes them, each once; an empty summary is none', () => {
  const sent = inputOf({ ...draftOf(incident, '9'), techniques: ['t1486', 'T1486', ' t1566.001'], summary: ' \n' });
  expect([sent?.techniques, sent?.summary]).toEqual([['T1486', 'T1566.001'], null]);
});
