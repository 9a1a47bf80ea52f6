import '@/features/incidents/incidents.css';
import { IconMessageReport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { paths } from '@/contract/paths';
import { within } from '@/contract/problem';
import type { IncidentInput, ReportStory } from '@/contract/types';
import { IncidentForm } from '@/features/incidents/incident-form';
import { useVocabulary } from '@/features/incidents/use-incidents';
import { beginningOf } from '@/features/triage/kinship';
import { useDecision } from '@/features/triage/use-decision';
import { useReport } from '@/features/triage/use-reports';
import { AwaitedPage } from '@/ui/awaited-page';
import { BackLink } from '@/ui/back-link';
import { useFormat } from '@/ui/format';
import { useNavigate } from '@/ui/navigate';
import { PageHeader } from '@/ui/page-header';

/** The form of an incident that is opened with a report and all that wait with it. */
function Accepting({ story }: { story: ReportStory }) {
  const navigate = useNavigate();
  const { decide, doing } = useDecision(story.report);
  const submit = (incident: IncidentInput, letGo: () => void) =>
    decide({ decision: 'accept', incident }, () => {
      letGo();
      navigate(paths.triage());
    });
  return <IncidentForm incident={undefined} known={beginningOf(story)} error={within('incident', doing.error)} saving={doing.isPending} onSave={submit} onCancel={() => navigate(paths.report(story.report.id))} onRenew={doing.reset} />;
}

/** Accepts reports: opens an incident that begins with what they tell. */
export function AcceptPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { id = '' } = useParams();
  const report = useReport(id);
  const vocabulary = useVocabulary();
  const above = <BackLink to={paths.triage()} icon={IconMessageReport}>{t('nav.triage')}</BackLink>;
  const { data: story } = report;
  if (story === undefined || vocabulary.data === undefined) return <AwaitedPage title={t('incidents.open')} above={above} asked={story === undefined ? report : vocabulary} />;
  const { waiting_in_group: count, state } = story.report;
  return (
    <>
      <PageHeader title={t('incidents.open')} above={above} answer={state === 'waiting' ? t('triage.accept_text', { count, n: format.number(count) }) : t('triage.decided_already')} />
      <Accepting key={id} story={story} />
    </>
  );
}
