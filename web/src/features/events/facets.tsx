import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths, type EventFilter } from '@/contract/paths';
import type { EventSummary } from '@/contract/types';
import { useClassification } from '@/ui/classification';
import { useFormat } from '@/ui/format';

type FacetName = keyof EventSummary['facets'];

const shown: readonly (readonly [facet: FacetName, filter: keyof EventFilter])[] = [
  ['types', 'type'],
  ['organisations', 'organisation'],
  ['feeds', 'feed'],
  ['countries', 'country'],
  ['ports', 'port'],
];

/** How many of each are shown. */
const most = 5;

/** What the events have in common; each number leads to the list that it counts. */
export function Facets({ summary, filter }: { summary: EventSummary; filter: EventFilter }) {
  const { t } = useTranslation();
  const format = useFormat();
  const classified = useClassification();
  const label = (facet: FacetName, { key, label: told }: { key: string; label: string }) => {
    if (facet === 'types') return classified(null, key);
    if (facet === 'countries') return format.country(key);
    if (key === 'none') return t('filter.no_organisation');
    return told;
  };
  const partial = summary.more || summary.counted < summary.total;
  const facets = shown.filter(([facet, by]) => filter[by] === undefined && summary.facets[facet].length > 0);
  if (facets.length === 0) return null;
  return (
    <section className="k-event-facets k-no-print" aria-label={t('events.facets')}>
      {facets.map(([facet, by]) => (
        <div key={facet}>
          <h2 className="k-part-title">{t(`event.by_${by}`)}</h2>
          <ul className="k-ways">
            {summary.facets[facet].slice(0, most).map((value) => (
              <li key={value.key}>
                <Link to={paths.events({ ...filter, [by]: value.key })}>
                  <span>{label(facet, value)}</span>
                  <strong className="k-number">{partial ? t('events.at_least', { n: format.number(value.events) }) : format.number(value.events)}</strong>
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {partial && <p className="k-event-facets-note">{t('events.of_the_newest', { count: summary.counted, n: format.number(summary.counted) })}</p>}
    </section>
  );
}
