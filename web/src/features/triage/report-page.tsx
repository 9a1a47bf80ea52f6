import './triage.css';
import { IconMessageReport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { paths } from '@/contract/paths';
import { AwaitedPage } from '@/ui/awaited-page';
import { BackLink } from '@/ui/back-link';
import { HistoryOf } from '@/ui/history-of';
import { useNavigate } from '@/ui/navigate';
import { Observables } from '@/ui/observables';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { Deeds } from './deeds';
import { Marks, useSubject } from './marks';
import { Decision, Reporter, Similar, Told, useAnswer } from './report-story';
import { useReport } from './use-reports';

/** One report: as it was told, by whom, what it tells of, and what is similar. */
export function ReportPage() {
  const { t } = useTranslation();
  const answer = useAnswer();
  const subject = useSubject();
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const { data: story, error, refetch } = useReport(id);
  const above = <BackLink to={paths.triage()} icon={IconMessageReport}>{t('nav.triage')}</BackLink>;
  if (story === undefined) return <AwaitedPage title={t('triage.one')} above={above} asked={{ error, refetch }} />;
  const { report } = story;
  return (
    <>
      <PageHeader title={subject(report)} written={report.language ?? ''} above={above} marks={<Marks report={report} />} answer={answer(report)} />
      <div className="k-columns">
        <div>
          <Deeds key={report.id} story={story} onDecided={() => navigate(paths.triage())} />
          <Panel title={t('triage.told')} note={t('triage.told_note')}>
            <Told story={story} />
          </Panel>
          <Panel title={t('triage.observables')} note={t('triage.observables_note')}>
            <Observables of={story.observables} none={t('triage.no_observables')} />
          </Panel>
          <HistoryOf subject={`report:${report.id}`} />
        </div>
        <div>
          {report.state !== 'waiting' && (
            <Panel title={t('triage.decision')}>
              <Decision report={report} />
            </Panel>
          )}
          <Panel title={t('triage.reporter')} note={t('triage.reporter_note')}>
            <Reporter story={story} />
          </Panel>
          <Panel title={t('triage.similar')}>
            <Similar story={story} />
          </Panel>
        </div>
      </div>
    </>
  );
}
