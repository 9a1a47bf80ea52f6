import { ActionIcon, Button } from '@mantine/core';
import { IconUnlink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { Report, ReportStory } from '@/contract/types';
import { useMay } from '@/contract/use-session';
import { Failure } from '@/ui/failure';
import { Facts } from '@/ui/facts';
import { useFormat } from '@/ui/format';
import { IncidentName } from '@/ui/incident-name';
import { Moment } from '@/ui/moment';
import { say } from '@/ui/toast';
import { useNow } from '@/ui/use-now';
import { StateMark, useSubject, Why } from './marks';
import { useSeparate } from './use-reports';

/** What became of it, in a sentence. */
export function useAnswer(): (report: Report) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  return ({ state, received_at: received, decided_at: decided, decided_by: by, incident, passed_to: to, waiting_in_group: count }) => {
    const told = { by: by ?? t('actor.unknown'), when: format.ago(decided ?? received, now), number: incident?.number ?? t('incidents.not_yours'), to };
    if (state !== 'waiting') return t(`triage.story_${state}`, told);
    return count > 1 ? t('triage.story_group', { ...told, count: count - 1, n: format.number(count - 1) }) : t('triage.story_waiting', told);
  };
}

/** As it was told: nothing in it leads anywhere, for it may be the attacker's. */
export function Told({ story: { report, text } }: { story: ReportStory }) {
  const { t } = useTranslation();
  if (text.trim() === '') return <p className="k-faint">{t('triage.no_text')}</p>;
  return (
    <div className="k-report-text" lang={report.language ?? ''} dir="auto" translate="no">
      {text}
    </div>
  );
}

const written = (text: string | null, key: string) => (text === null ? '–' : <span key={key} className="k-report-value" translate="no">{text}</span>);

export function Reporter({ story: { report, reporter } }: { story: ReportStory }) {
  const { t } = useTranslation();
  return (
    <Facts
      items={[
        [t('field.name'), written(reporter.name ?? null, 'name')],
        [t('contact.email'), written(reporter.email ?? null, 'email')],
        [t('contact.phone'), written(reporter.phone ?? null, 'phone')],
        [t('field.organisation'), report.organisation === null ? '–' : <Link key="of" to={paths.organisation(report.organisation.id)}>{report.organisation.name}</Link>],
        [t('contact.language'), report.language === null ? '–' : t(`language.${report.language}`)],
        [t('report_field.channel'), t(`report_channel.${report.channel}`)],
        [t('report_field.received_at'), <Moment key="received" at={report.received_at} />],
      ]}
    />
  );
}

/** What was decided of it; nothing while it waits. */
export function Decision({ report }: { report: Report }) {
  const { t } = useTranslation();
  const { state, incident, passed_to: to, reason, decided_at: at, decided_by: by } = report;
  if (state === 'waiting') return null;
  return (
    <Facts
      items={[
        ...(incident === null ? [] : [[t('incidents.one'), <IncidentName key="incident" of={incident} />] as const]),
        ...(to === null ? [] : [[t('report_field.to'), written(to, 'to')] as const]),
        ...(reason === null ? [] : [[t('report_field.reason'), written(reason, 'reason')] as const]),
        [t('triage.decided_by'), by ?? t('actor.unknown')],
        [t('triage.decided_at'), <Moment key="decided" at={at} />],
      ]}
    />
  );
}

function useTakeOut() {
  const { t } = useTranslation();
  const subject = useSubject();
  const separate = useSeparate();
  const takeOut = (report: Report) => separate.mutate(report.id, { onSuccess: () => say(t('triage.separated', { subject: subject(report) })) });
  return { takeOut, doing: separate };
}

/** The others of its group, with what became of each; who does not belong to them is taken out. */
export function Similar({ story: { report, similar } }: { story: ReportStory }) {
  const { t } = useTranslation();
  const subject = useSubject();
  const may = useMay()('incidents.manage');
  const { takeOut, doing } = useTakeOut();
  if (similar.length === 0) return <p className="k-faint">{t('triage.alone')}</p>;
  return (
    <div className="k-stack">
      {doing.error !== null && <Failure error={doing.error} />}
      <ul className="k-report-lines">
        {similar.map((other) => (
          <li key={other.id} className="k-report-similar">
            <span>
              <Link to={paths.report(other.id)} lang={other.language ?? ''} translate={other.subject === null ? undefined : 'no'}>
                {subject(other)}
              </Link>{' '}
              <StateMark state={other.state} />
              <span className="k-cell-two">
                <Moment at={other.received_at} as="ago" />
              </span>
              <span className="k-cell-two">
                <Why report={other} />
              </span>
              {other.incident !== null && (
                <span className="k-cell-two">
                  <IncidentName of={other.incident} />
                </span>
              )}
            </span>
            {may && other.grouped_by !== 'alone' && (
              <ActionIcon variant="subtle" color="gray" loading={doing.isPending && doing.variables === other.id} aria-label={t('triage.separate_that', { subject: subject(other) })} title={t('triage.separate')} onClick={() => takeOut(other)}>
                <IconUnlink size={15} aria-hidden />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      <p>
        <Link to={paths.triage({ group: report.group })}>{t('triage.whole_group')}</Link>
      </p>
      {may && report.grouped_by !== 'alone' && (
        <Button variant="default" loading={doing.isPending && doing.variables === report.id} leftSection={<IconUnlink size={14} aria-hidden />} onClick={() => takeOut(report)}>
          {t('triage.separate_this')}
        </Button>
      )}
    </div>
  );
}
