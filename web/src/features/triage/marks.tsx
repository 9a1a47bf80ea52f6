import { useTranslation } from 'react-i18next';
import type { Report, ReportState } from '@/contract/types';
import { PapBadge, TlpBadge } from '@/ui/tlp-badge';
import { sharedOf } from './kinship';

const tones: Partial<Record<ReportState, 'good' | 'warn'>> = { waiting: 'warn', accepted: 'good' };

export function StateMark({ state }: { state: ReportState }) {
  const { t } = useTranslation();
  return (
    <span className="k-mark" data-tone={tones[state]}>
      {t(`report_state.${state}`)}
    </span>
  );
}

/** Labels and state: what stands beside the title of a report. */
export function Marks({ report: { tlp, readers, pap, state } }: { report: Report }) {
  return (
    <>
      <TlpBadge tlp={tlp} readers={readers} />
      <PapBadge pap={pap} />
      <StateMark state={state} />
    </>
  );
}

/** Why a report stands in its group; nothing of one that stands alone. */
export function Why({ report }: { report: Report }) {
  const { t } = useTranslation();
  const shared = sharedOf(report);
  if (report.grouped_by === 'text' || report.grouped_by === 'sender') return t(`triage.same_${report.grouped_by}`);
  if (report.grouped_by === 'alone' || shared === undefined) return null;
  return (
    <>
      {t('triage.in_common')} {t(`kind.${shared.kind}`)}{' '}
      <span className="k-report-value" translate="no">
        {shared.value}
      </span>
    </>
  );
}

/** What a report is called. */
export function useSubject(): (report: Pick<Report, 'subject'>) => string {
  const { t } = useTranslation();
  return ({ subject }) => subject ?? t('triage.no_subject');
}
