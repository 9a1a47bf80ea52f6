import { useTranslation } from 'react-i18next';
import type { Report, ReportDecision } from '@/contract/types';
import { useFormat } from '@/ui/format';
import { sayUndoable } from '@/ui/undo';
import { useDecide, type Decided } from './use-reports';

export type Choice = Omit<ReportDecision, 'reports' | 'group'> & { decision: 'accept' | 'join' | 'refuse' | 'pass_on' };

/** Decides of all that wait of a report's group, and offers to take it back; `doing` is how that goes. */
export function useDecision({ group }: Pick<Report, 'group'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const doing = useDecide();
  const undoing = useDecide();
  const decide = (choice: Choice, done: (decided: Decided) => void) => {
    const decided = (what: Decided) => {
      const { reports, incident } = what;
      const told = { count: reports.length, n: format.number(reports.length) };
      done(what);
      sayUndoable(
        `report:${group}`,
        t(`triage.decided_${choice.decision}`, { ...told, number: incident?.number, to: choice.to }),
        (why) => undoing.mutateAsync({ decision: { decision: 'wait_again', reports }, why }),
        choice.decision === 'accept' ? t('triage.wait_again_opened', { number: incident?.number }) : t('triage.wait_again_said', told),
      );
    };
    doing.mutate({ decision: { ...choice, group } }, { onSuccess: decided });
  };
  return { decide, doing };
}
