import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { Finding } from '@/contract/types';
import { Facts } from '@/ui/facts';
import { Failure } from '@/ui/failure';
import { useFormat } from '@/ui/format';
import { textIn } from '@/ui/local-text';
import { Moment } from '@/ui/moment';
import { SeverityMark } from '@/ui/severity-mark';
import { TableSkeleton } from '@/ui/table-skeleton';
import { Advice } from './advice';
import { Deeds } from './deeds';
import { Steps, useKnown } from './finding-story';
import { ExploitedMark, StateMark } from './marks';
import { answers } from './own-answers';
import { useFinding } from './use-findings';

/** Read when somebody opens it. */
function Told({ id }: { id: string }) {
  const { t } = useTranslation();
  const knownOf = useKnown();
  const { data: story, error, refetch } = useFinding(id);
  if (story === undefined) return error === null ? <TableSkeleton rows={4} /> : <Failure error={error} retry={() => void refetch()} />;
  const known = knownOf(story.finding);
  return (
    <>
      <Advice story={story} />
      {known.length > 0 && <Facts items={known} />}
      <h4 className="k-part-title">{t('findings.steps')}</h4>
      <Steps story={story} />
      <Link to={paths.finding(id)}>{t('own.evidence')}</Link>
    </>
  );
}

interface OwnFindingProps {
  finding: Finding;
  /** Only where there are several. */
  organisation: string | undefined;
  chosen: boolean;
  onChoose: (chosen: boolean) => void;
}

/** One finding as its owner reads it: what and where, until when, what to do, and the answers. */
export function OwnFinding({ finding, organisation, chosen, onChoose }: OwnFindingProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const title = textIn(finding.title, format.language);
  const place = `${finding.place}${finding.port === null ? '' : `:${finding.port}`}`;
  const offered = answers.filter((state) => finding.next_states.includes(state));
  return (
    <li className="k-own" data-severity={finding.severity}>
      {offered.length > 0 && <Checkbox size="sm" className="k-own-choose" aria-label={t('own.choose', { what: title, place })} checked={chosen} onChange={(event) => onChoose(event.currentTarget.checked)} />}
      <div className="k-own-body">
        <h3>
          <Link to={paths.finding(finding.id)}>{title}</Link>
        </h3>
        <p className="k-own-place">
          <span className="k-address">{place}</span>
          {organisation !== undefined && ` · ${organisation}`}
        </p>
        <p className="k-own-marks">
          <SeverityMark severity={finding.severity} />
          <ExploitedMark exploited={finding.exploited} />
          <StateMark finding={finding} />
          {finding.next_states.length > 0 && (
            <span>
              {t('findings.due')}: <Moment at={finding.due_at} as="day" />
            </span>
          )}
          <span className="k-faint">
            {t('own.seen')} <Moment at={finding.last_seen} as="ago" />
          </span>
        </p>
        <details className="k-own-told" onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{t('own.what_to_do')}</summary>
          {open && <Told id={finding.id} />}
        </details>
        <Deeds key={finding.version} finding={finding} offered={offered} keyed={false} />
      </div>
    </li>
  );
}
