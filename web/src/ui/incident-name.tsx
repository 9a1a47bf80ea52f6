import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { IncidentReference } from '@/contract/types';

/** An incident by its number and title, and the way there. */
export function IncidentName({ of: { id, number, title } }: { of: IncidentReference }) {
  return (
    <Link to={paths.incident(id)} className="k-incident-name">
      <span className="k-incident-number">{number}</span> <span translate="no">{title}</span>
    </Link>
  );
}
