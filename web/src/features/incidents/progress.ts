// How far one has come with a playbook. Pure.
import type { IncidentPlaybook, IncidentPlaybookStep } from '@/contract/types';

/** What is done or left out, of how many. */
export const progressOf = ({ steps }: { steps: readonly IncidentPlaybookStep[] }) => ({ settled: steps.filter(({ state }) => state !== 'open').length, of: steps.length });

/** Its steps under their phases; what has none stays away. */
export const byPhase = ({ phases, steps }: Pick<IncidentPlaybook, 'phases' | 'steps'>): readonly { phase: IncidentPlaybook['phases'][number]; steps: readonly IncidentPlaybookStep[] }[] =>
  phases.map((phase) => ({ phase, steps: steps.filter((step) => step.phase === phase.id) })).filter(({ steps: own }) => own.length > 0);
