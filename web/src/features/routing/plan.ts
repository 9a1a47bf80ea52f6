// What a plan says of each rule and as a whole. Pure.
import type { PlannedMessage, RoutingPlan } from '@/contract/types';

export interface PlanFigures {
  findings: number;
  messages: number;
  /** Undefined where the plan names but the first of its messages. */
  organisations: number | undefined;
  leftOut: number;
}

const isComplete = (plan: RoutingPlan): boolean => plan.messages.length === plan.message_total;

export function figuresOf(plan: RoutingPlan): PlanFigures {
  const ids = new Set(plan.messages.map(({ organisation }) => organisation?.id));
  return { findings: plan.to_tell, messages: plan.message_total, organisations: isComplete(plan) ? ids.size : undefined, leftOut: plan.findings - plan.to_tell };
}

export interface RuleFigures {
  told: number;
  messages: number;
  suppressed: number;
}

/** By the rule's place from 1 on; undefined where the plan names but the first of its messages. */
export function figuresByRule(plan: RoutingPlan): ReadonlyMap<number, RuleFigures> | undefined {
  if (!isComplete(plan)) return undefined;
  const found = new Map<number, RuleFigures>();
  const add = (number: number, more: Partial<RuleFigures>) => {
    const { told = 0, messages = 0, suppressed = 0 } = found.get(number) ?? {};
    found.set(number, { told: told + (more.told ?? 0), messages: messages + (more.messages ?? 0), suppressed: suppressed + (more.suppressed ?? 0) });
  };
  for (const { rule, findings } of plan.messages) add(rule.number, { told: findings, messages: 1 });
  for (const { rule, why, findings } of plan.not_told) if (rule !== null && why === 'suppressed') add(rule.number, { suppressed: findings });
  return found;
}

const isLost = ({ recipients }: PlannedMessage): boolean => recipients.length === 0;

/** Those first that have nobody to go to; else as the server orders them. */
export const inOrder = (messages: readonly PlannedMessage[]): readonly PlannedMessage[] => [...messages.filter(isLost), ...messages.filter((message) => !isLost(message))];
export const lostIn = (messages: readonly PlannedMessage[]): number => messages.filter(isLost).length;
