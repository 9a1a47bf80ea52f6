import './incidents.css';
import { Button } from '@mantine/core';
import { IconFirstAidKit, IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import { paths } from '@/contract/paths';
import { Allowed } from '@/ui/allowed';
import { AwaitedPage } from '@/ui/awaited-page';
import { BackLink } from '@/ui/back-link';
import { HistoryOf } from '@/ui/history-of';
import { Observables } from '@/ui/observables';
import { PageHeader } from '@/ui/page-header';
import { Panel } from '@/ui/panel';
import { About, Summary, useAnswer } from './incident-story';
import { Links } from './links';
import { Marks } from './marks';
import { Merged, MergeButton, MergedInto } from './merging';
import { Playbook } from './playbook';
import { Steps } from './steps';
import { Timeline } from './timeline';
import { useStory } from './use-incidents';

/** One incident: where it stands, what is to be done next, and its one timeline. */
export function IncidentPage() {
  const { t } = useTranslation();
  const answer = useAnswer();
  const { id = '' } = useParams();
  const { data: story, error, refetch } = useStory(id);
  const above = <BackLink to={paths.incidents()} icon={IconFirstAidKit}>{t('nav.incidents')}</BackLink>;
  if (story === undefined) return <AwaitedPage title={t('incidents.one')} above={above} asked={{ error, refetch }} />;
  const { incident } = story;
  return (
    <>
      <PageHeader
        title={incident.title}
        written=""
        above={
          <span className="k-incident-above">
            {above} <span className="k-incident-number">{incident.number}</span>
          </span>
        }
        marks={<Marks incident={incident} />}
        answer={answer(incident)}
        actions={
          <Allowed to="incidents.manage">
            <Button component={Link} to={paths.incidentEdit(incident.id)} variant="default" leftSection={<IconPencil size={14} aria-hidden />}>
              {t('action.edit')}
            </Button>
            {incident.merged_into === null && <MergeButton key={incident.id} incident={incident} />}
          </Allowed>
        }
      />
      <div className="k-columns">
        <div>
          <MergedInto incident={incident} />
          <Allowed to="incidents.manage">
            <Steps key={incident.id} incident={incident} />
          </Allowed>
          <Panel title={t('incident_field.summary')}>
            <Summary incident={incident} />
          </Panel>
          <Playbook story={story} />
          <Timeline key={incident.id} incident={incident} />
          <HistoryOf subject={`incident:${incident.id}`} />
        </div>
        <div>
          <Panel title={t('incidents.about')}>
            <About incident={incident} />
          </Panel>
          <Panel title={t('triage.observables')} note={t('incidents.observables_note')}>
            <Observables of={story.observables} none={t('incidents.no_observables')} />
          </Panel>
          <Links story={story} />
          <Merged story={story} />
        </div>
      </div>
    </>
  );
}
