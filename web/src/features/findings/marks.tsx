import { IconAlertOctagon, IconAlertTriangle, IconCircleDot, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Finding, FindingSeverity, FindingState } from '@/contract/types';

const shapes = { critical: IconAlertOctagon, high: IconAlertTriangle, medium: IconCircleDot, low: IconInfoCircle } as const;

/** In words and by shape, not by colour alone. */
export function SeverityMark({ severity }: { severity: FindingSeverity }) {
  const { t } = useTranslation();
  const Shape = shapes[severity];
  return (
    <span className="k-severity" data-severity={severity}>
      <Shape size={15} aria-hidden />
      {t(`severity.${severity}`)}
    </span>
  );
}

const tones: Partial<Record<FindingState, 'good' | 'warn' | 'bad'>> = { open: 'warn', help_needed: 'bad', reopened: 'bad', verified: 'good' };

export function StateMark({ finding: { state, overdue } }: { finding: Pick<Finding, 'state' | 'overdue'> }) {
  const { t } = useTranslation();
  return (
    <>
      <span className="k-mark" data-tone={tones[state]}>
        {t(`finding_state.${state}`)}
      </span>
      {overdue && (
        <span className="k-mark k-mark-after" data-tone="bad">
          {t('findings.overdue')}
        </span>
      )}
    </>
  );
}
