// How far one has come with a playbook.
import { expect, test } from 'vitest';
import type { IncidentPlaybookStep } from '@/contract/types';
import { byPhase, progressOf } from './progress';

const text = { mk: 'м', sq: 's', en: 'e' };
const step = (id: string, phase: string, state: IncidentPlaybookStep['state']): IncidentPlaybookStep => ({ id, phase, text, state, at: null, by: null, note: null });
const steps = [step('scope', 'find', 'done'), step('owner', 'inform', 'open'), step('beginning', 'find', 'left_out')];

test('what is left out is settled, too', () => {
  expect(progressOf({ steps })).toEqual({ settled: 2, of: 3 });
  expect(progressOf({ steps: [] })).toEqual({ settled: 0, of: 0 });
});

test('steps stand under their phases, in the order of both', () => {
  const phases = ['find', 'contain', 'inform'].map((id) => ({ id, name: text }));
  expect(byPhase({ phases, steps }).map(({ phase, steps: own }) => [phase.id, own.map(({ id }) => id)])).toEqual([
    ['find', ['scope', 'beginning']],
    ['inform', ['owner']],
  ]);
});
