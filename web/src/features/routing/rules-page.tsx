import './planned.css';
import './routing.css';
import { useTranslation } from 'react-i18next';
import { Failure } from '@/ui/failure';
import { HistoryOf } from '@/ui/history-of';
import { Moment } from '@/ui/moment';
import { PageHeader } from '@/ui/page-header';
import { saveInPlace } from '@/ui/save-in-place';
import { TableSkeleton } from '@/ui/table-skeleton';
import { useBegun } from '@/ui/use-begun';
import { useAnswer } from './answer';
import { inputOfStored } from './draft';
import { RulesDesk } from './rules-desk';
import { usePlan, useRouting, useSaveRouting } from './use-routing';

/** The record as the trail names it. */
const subject = 'routing:rules';

/** Who is told of which findings, how and how often. */
export function RulesPage() {
  const { t } = useTranslation();
  const stored = useRouting();
  const { data: routing, error, refetch } = stored;
  const { begun, renew } = useBegun(stored);
  const save = useSaveRouting();
  const undo = useSaveRouting();
  const { data: plan } = usePlan(null, 'open');
  const answer = useAnswer();
  return (
    <>
      <PageHeader title={t('routing.title')} answer={plan === undefined ? '\u00a0' : answer(plan)} />
      {routing === undefined && (error === null ? <TableSkeleton /> : <Failure error={error} retry={() => void refetch()} />)}
      {routing !== undefined && (
        <div className="k-stack">
          <p className="k-faint">
            {t('routing.explained')} {routing.changed_at === null ? t('routing.as_shipped') : <>{t('field.changed')} <Moment at={routing.changed_at} /></>}
          </p>
          {begun !== undefined && <RulesDesk key={begun.version} routing={begun} error={save.error} saving={save.isPending} onRenew={() => void renew(save.reset)} onSave={(...written) => saveInPlace({ subject, begun, save, undo, inputOf: inputOfStored, said: t('routing.saved') }, ...written)} />}
          <HistoryOf subject={subject} />
        </div>
      )}
    </>
  );
}
