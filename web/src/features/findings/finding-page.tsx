import './findings.css';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { paths } from '@/contract/paths';
import { Allowed } from '@/ui/allowed';
import { AwaitedPage } from '@/ui/awaited-page';
import { BackLink } from '@/ui/back-link';
import { useFormat } from '@/ui/format';
import { HistoryOf } from '@/ui/history-of';
import { textIn } from '@/ui/local-text';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { Advice } from './advice';
import { Deeds } from './deeds';
import { About, Evidence, Marks, Sources, Steps, useAnswer } from './finding-story';
import { ToldBy } from './told-by';
import { useFinding } from './use-findings';

/** One finding: what it is, what became of it, and what shows it. */
export function FindingPage() {
  const { t } = useTranslation();
  const answer = useAnswer();
  const { language } = useFormat();
  const { id = '' } = useParams();
  const { data: story, error, refetch } = useFinding(id);
  const above = <BackLink to={paths.findings()} icon={IconAlertTriangle}>{t('nav.findings')}</BackLink>;
  if (story === undefined) return <AwaitedPage title={t('findings.one')} above={above} asked={{ error, refetch }} />;
  return (
    <>
      <PageHeader title={story.finding.place} above={above} marks={<Marks story={story} />} answer={answer(story)} />
      <div className="k-columns">
        <div>
          <Deeds key={story.finding.version} finding={story.finding} />
          <Panel title={t('own.what_to_do')} note={textIn(story.finding.title, language)}>
            <Advice story={story} />
          </Panel>
          <Panel title={t('findings.steps')}>
            <Steps story={story} />
          </Panel>
          <Panel title={t('findings.evidence')} note={t('findings.evidence_note')}>
            <Evidence story={story} />
          </Panel>
          <HistoryOf subject={`finding:${story.finding.id}`} />
        </div>
        <div>
          <Panel title={t('findings.about')}>
            <About story={story} />
          </Panel>
          <Panel title={t('findings.sources')}>
            <Sources story={story} />
          </Panel>
          <Allowed to="messages.read">
            <Panel title={t('findings.told_by')}>
              <ToldBy finding={story.finding.id} />
            </Panel>
          </Allowed>
        </div>
      </div>
    </>
  );
}
