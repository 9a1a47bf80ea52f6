import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { FindingStory } from '@/contract/types';
import { useClassification } from '@/ui/classification';
import { Facts } from '@/ui/facts';
import { useFormat } from '@/ui/format';
import { Moment } from '@/ui/moment';
import { SeverityMark } from '@/ui/severity-mark';
import { useNow } from '@/ui/use-now';
import { TlpBadge } from '@/ui/tlp-badge';
import { ExploitedMark, StateMark } from './marks';

export function Marks({ story: { finding } }: { story: FindingStory }) {
  return (
    <>
      <TlpBadge tlp={finding.tlp} />
      <StateMark finding={finding} />
      <ExploitedMark exploited={finding.exploited} />
    </>
  );
}

/** What it is and where, in a sentence. */
export function useAnswer(): (story: FindingStory) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const words = useClassification();
  return ({ finding: { class: classId, type, place, last_seen: last, events } }) =>
    t('findings.story', { what: words(classId, type) ?? type, place, when: format.ago(last, now), count: events, n: format.number(events) });
}

/** What is known of its vulnerabilities; nothing where there is nothing. */
export function useKnown(): (finding: FindingStory['finding']) => (readonly [string, ReactNode])[] {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ exploited, likelihood }) => [
    ...(exploited === null ? [] : [[t('findings.known_exploited'), <span key="exploited">{exploited.vulnerability}{exploited.due !== null && <>; {t('findings.exploited_due')} <Moment at={`${exploited.due}T12:00:00Z`} as="day" /></>}</span>] as const]),
    ...(exploited?.action == null ? [] : [[t('findings.exploited_action'), <span key="action" lang="en">{exploited.action}</span>] as const]),
    ...(likelihood === null ? [] : [[t('findings.likelihood'), t('findings.likelihood_of', { percent: format.finePercent(likelihood.score), vulnerability: likelihood.vulnerability })] as const]),
  ];
}

/** Each leads to all findings that carry it. */
function Tags({ tags }: { tags: readonly string[] }) {
  return (
    <span className="k-marks">
      {tags.map((tag) => (
        <Link key={tag} className="k-mark" to={paths.findings({ tag })}>
          {tag}
        </Link>
      ))}
    </span>
  );
}

export function About({ story: { finding } }: { story: FindingStory }) {
  const { t } = useTranslation();
  const format = useFormat();
  const knownOf = useKnown();
  const service = [finding.transport?.toUpperCase(), finding.port].filter((part) => part !== null && part !== undefined).join(' ');
  return (
    <Facts
      items={[
        [t('field.organisation'), finding.organisation === null ? t('filter.no_organisation') : <Link key="of" to={paths.organisation(finding.organisation.id)}>{finding.organisation.name}</Link>],
        [t('findings.problem'), finding.problem ?? '–'],
        [t('findings.severity'), <SeverityMark key="severity" severity={finding.severity} />],
        ...knownOf(finding),
        [t('findings.service'), service === '' ? '–' : service],
        [t('field.first'), <Moment key="first" at={finding.first_seen} />],
        [t('field.last'), <Moment key="last" at={finding.last_seen} />],
        [t('findings.due'), <Moment key="due" at={finding.due_at} as="day" />],
        ...(finding.accepted_until === null ? [] : [[t('findings.until'), <Moment key="until" at={finding.accepted_until} as="day" />] as const]),
        [t('findings.events'), format.number(finding.events)],
        [t('findings.relapses'), format.number(finding.relapses)],
        ...(finding.tags === null || finding.tags.length === 0 ? [] : [[t('field.tags'), <Tags key="tags" tags={finding.tags} />] as const]),
      ]}
    />
  );
}

/** What it needs to be verified, and how far each source is. */
export function Sources({ story: { sources, finding } }: { story: FindingStory }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rest = finding.state === 'verified' ? undefined : t('findings.verified_after');
  return (
    <>
      {rest !== undefined && <p className="k-faint">{rest}</p>}
      <ul className="k-finding-lines">
        {sources.map(({ source, series, last_received: last, absent, needed }) => (
          <li key={source + series}>
            <strong>{source}</strong> · <Moment at={last} as="ago" />
            <span className="k-cell-two">{t('findings.absent', { n: format.number(absent), of: format.number(needed) })}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

export function Steps({ story: { steps } }: { story: FindingStory }) {
  const { t } = useTranslation();
  const format = useFormat();
  const whoTook = ({ automatic, by_link, by, to }: FindingStory['steps'][number]) => {
    if (by_link) return t('findings.by_link');
    if (automatic) return t(to === 'notified' ? 'findings.by_rules' : 'findings.by_evidence');
    return by ?? t('findings.by_person');
  };
  return (
    <ol className="k-finding-lines">
      {steps.map((step) => (
        <li key={step.at + step.to}>
          <strong>{t(`finding_state.${step.to}`)}</strong> · <Moment at={step.at} />
          <span className="k-cell-two">{whoTook(step)}</span>
          {step.until !== null && <span className="k-cell-two">{t('findings.until_day', { day: format.day(step.until) })}</span>}
          {step.silent_seconds !== null && <span className="k-cell-two">{t('findings.silent', { count: Math.round(step.silent_seconds / 86_400), n: format.number(Math.round(step.silent_seconds / 86_400)) })}</span>}
          {step.reason !== null && <q className="k-finding-reason">{step.reason}</q>}
        </li>
      ))}
    </ol>
  );
}

/** Each event as its source told it, the newest first. */
export function Evidence({ story: { evidence } }: { story: FindingStory }) {
  return (
    <ul className="k-finding-lines">
      {evidence.map(({ id, source, moment, fields }, index) => (
        <li key={id}>
          <details open={index === 0}>
            <summary>
              <Moment at={moment} as="full" />
              {source !== null && ` · ${source}`}
            </summary>
            <Facts items={Object.entries(fields as Record<string, unknown>).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const)} longNames />
          </details>
        </li>
      ))}
    </ul>
  );
}

