import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { Incident } from '@/contract/types';
import { useClassification } from '@/ui/classification';
import { Facts } from '@/ui/facts';
import { useFormat } from '@/ui/format';
import { Markdown } from '@/ui/markdown';
import { Moment } from '@/ui/moment';
import { SectorNames } from '@/ui/sector-names';
import { useNow } from '@/ui/use-now';
import { LeadName } from './marks';
import { useWords } from './use-words';

/** Where it stands and who leads it, in a sentence. */
export function useAnswer(): (incident: Incident) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const words = useWords();
  const classified = useClassification();
  return ({ class: classId, type, state, state_since: since, lead }) => {
    const told = { what: classified(classId, type) ?? type, state: words.inSentence(state), since: format.brief(since, now) };
    return lead === null ? t('incidents.story_unled', told) : t('incidents.story', { ...told, lead: lead.full_name ?? t('actor.unknown') });
  };
}

function Tags({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return <span className="k-faint">–</span>;
  return (
    <span translate="no">
      {tags.map((tag, index) => (
        <Fragment key={tag}>
          {index > 0 && ', '}
          <Link to={paths.incidents({ tag })}>{tag}</Link>
        </Fragment>
      ))}
    </span>
  );
}

const listed = (values: readonly string[], key: string) => (values.length === 0 ? '–' : <span key={key} translate="no">{values.join(', ')}</span>);

export function About({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const classified = useClassification();
  return (
    <Facts
      items={[
        [t('incident_field.lead'), <LeadName key="lead" lead={incident.lead} />],
        [t('field.class'), classified(incident.class, null)],
        [t('field.type'), classified(null, incident.type)],
        [t('incident_field.happened_at'), <Moment key="happened" at={incident.happened_at} />],
        [t('incident_field.detected_at'), <Moment key="detected" at={incident.detected_at} />],
        [t('incident_field.cross_border'), t(incident.cross_border ? 'yes_no.yes' : 'yes_no.no')],
        [t('incident_field.sectors'), <SectorNames key="sectors" ids={incident.sectors} />],
        [t('incident_field.services'), listed(incident.services, 'services')],
        [t('incident_field.techniques'), listed(incident.techniques, 'techniques')],
        [t('incident_field.tags'), <Tags key="tags" tags={incident.tags} />],
        [t('incidents.opened'), <Moment key="opened" at={incident.opened_at} />],
        [t('incidents.opened_by'), incident.opened_by ?? t('actor.unknown')],
        [t('field.changed'), <Moment key="changed" at={incident.changed_at} />],
      ]}
    />
  );
}

export function Summary({ incident: { summary } }: { incident: Incident }) {
  const { t } = useTranslation();
  return summary === null ? <p className="k-faint">{t('incidents.no_summary')}</p> : <Markdown text={summary} />;
}
