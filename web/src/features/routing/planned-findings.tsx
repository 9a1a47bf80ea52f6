import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { PlannedFinding } from '@/contract/types';
import { useClassification } from '@/ui/classification';
import { useFormat } from '@/ui/format';
import { SeverityMark } from '@/ui/severity-mark';

/** Some of so many findings: what, where, how severe, and why they are in it. */
export function PlannedFindings({ samples, total }: { samples: readonly PlannedFinding[]; total: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const classified = useClassification();
  const more = total - samples.length;
  return (
    <ul className="k-planned-findings">
      {samples.map(({ id, type, problem, place, severity, why }) => (
        <li key={id}>
          <SeverityMark severity={severity} />
          <span className="k-planned-what">
            <Link to={paths.finding(id)}>{classified(null, type)}</Link>
            {problem !== null && problem !== '' && <span className="k-faint"> · {problem}</span>} <span className="k-address">{place}</span>
          </span>
          {why !== undefined && <span className="k-faint">{t(`routing_reason.${why}`)}</span>}
        </li>
      ))}
      {more > 0 && <li className="k-faint">{t('routing.more_findings', { count: more, n: format.number(more) })}</li>}
    </ul>
  );
}
