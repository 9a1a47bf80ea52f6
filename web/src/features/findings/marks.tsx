import { useTranslation } from 'react-i18next';
import type { Finding, FindingState } from '@/contract/types';

const tones: Partial<Record<FindingState, 'good' | 'warn' | 'bad'>> = { open: 'warn', help_needed: 'bad', reopened: 'bad', verified: 'good' };

/** That a vulnerability of it is known to be exploited. */
export function ExploitedMark({ exploited }: { exploited: Finding['exploited'] }) {
  const { t } = useTranslation();
  if (exploited === null) return null;
  return (
    <>
      <span className="k-mark" data-tone="bad" title={[exploited.vulnerability, exploited.name].filter((part) => part !== null).join(': ')}>
        {t('findings.exploited')}
      </span>
      {exploited.ransomware && (
        <>
          {' '}
          <span className="k-mark" data-tone="bad">
            {t('findings.ransomware')}
          </span>
        </>
      )}
    </>
  );
}

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
