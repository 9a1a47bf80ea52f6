import { useTranslation } from 'react-i18next';
import type { RoutingPlan } from '@/contract/types';
import { useFormat } from '@/ui/format';
import { figuresOf } from './plan';

/** What the stored rules would send instead, in short. */
export function useBefore(): (plan: RoutingPlan) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const counted = (key: string, count: number) => t(key, { count, n: format.number(count) });
  return ({ to_tell: findings, message_total: messages }) => t('routing.before', { findings: counted('routing.findings', findings), messages: counted('routing.messages', messages) });
}

/** The sentence that one comes for: how many findings would be told now, where, in how many messages, and how many not. */
export function useAnswer(): (plan: RoutingPlan) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const counted = (key: string, count: number) => t(key, { count, n: format.number(count) });
  return (plan) => {
    const { findings, messages, organisations, leftOut } = figuresOf(plan);
    if (plan.findings === 0) return t('routing.answer_no_findings');
    const waiting = plan.waiting === 0 ? '' : ` ${counted('routing.waiting', plan.waiting)}`;
    const left = leftOut === 0 ? t('routing.left_none') : counted('routing.left', leftOut);
    if (findings === 0) return t('routing.answer_nobody', { left });
    const told = { findings: counted('routing.findings', findings), messages: counted('routing.messages', messages), left };
    return (organisations === undefined ? t('routing.answer_unnamed', told) : t('routing.answer', { ...told, organisations: counted('count.at_organisations', organisations) })) + waiting;
  };
}
