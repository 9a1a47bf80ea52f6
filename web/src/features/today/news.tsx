import '@/ui/figures.css';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths } from '@/contract/paths';
import type { Picture, TopEntry } from '@/contract/types';
import { useMay } from '@/contract/use-session';
import { useSources } from '@/contract/use-sources';
import { useFormat } from '@/ui/format';
import { Moment } from '@/ui/moment';
import type { Span } from '@/ui/window';
import { LineList } from './line-list';
import { most } from './use-today';

function Figures({ picture, span }: { picture: Picture; span: Span }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const { totals, series } = picture;
  const outbound = series.reduce((sum, point) => sum + point.outbound, 0);
  const figures = [
    ['sightings', format.number(totals.sightings), paths.sightings({ ...span })],
    ['affected', format.number(totals.organisations), paths.sightings({ ...span })],
    ['seen', format.number(totals.indicators), paths.sightings({ ...span })],
    ['outbound', format.number(outbound), paths.sightings({ ...span, direction: 'outbound' })],
  ] as const;
  return (
    <ul className="k-figures" data-count={4}>
      {figures.map(([key, figure, to]) => (
        <li key={key}>
          <Link to={may('sightings.read') ? to : paths.picture}>
            <span className="k-figure-name">{t(`today.figure.${key}`)}</span>
            <strong>{figure}</strong>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Those that were not seen in the week before come first. */
function newFirst(entries: readonly TopEntry[], isNew: (key: string) => boolean): readonly TopEntry[] {
  return [...entries.filter(({ key }) => isNew(key)), ...entries.filter(({ key }) => !isNew(key))].slice(0, most);
}

/** What came since: how much, at whom, of what, and which lists were taken. */
export function News({ picture, span, isNew }: { picture: Picture; span: Span; isNew: (organisation: string) => boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const { data: sources } = useSources();
  const flows = (entry: TopEntry) => t('count.flows', { count: entry.flows, n: format.number(entry.flows) });
  const to = (filter: { organisation?: string; indicator?: string }) => (may('sightings.read') ? paths.sightings({ ...span, ...filter }) : paths.picture);
  const taken = (sources ?? []).filter((source) => source.last_import >= span.from).sort((one, other) => other.last_import.localeCompare(one.last_import));
  return (
    <>
      <Figures picture={picture} span={span} />
      <div className="k-today-lists">
        <LineList
          title={t('today.organisations')}
          note={t('today.organisations_note')}
          none={t('today.none_seen')}
          items={newFirst(picture.top.organisations, isNew).map((entry) => ({
            key: entry.key,
            to: to({ organisation: entry.key }),
            name: (
              <>
                {entry.key === 'none' ? t('filter.no_organisation') : entry.label}{' '}
                {isNew(entry.key) && (
                  <span className="k-mark" data-tone="warn">
                    {t('today.newly')}
                  </span>
                )}
              </>
            ),
            figure: flows(entry),
          }))}
        />
        <LineList
          title={t('today.indicators')}
          none={t('today.none_seen')}
          items={picture.top.indicators.slice(0, most).map((entry) => ({
            key: entry.key,
            to: to({ indicator: entry.key }),
            name: <span className="k-address">{entry.label}</span>,
            figure: flows(entry),
          }))}
        />
        {may('indicators.read') && (
          <LineList
            title={t('today.lists')}
            note={t('today.lists_note')}
            none={t('today.no_lists')}
            items={taken.slice(0, most).map((source) => ({
              key: source.name,
              to: paths.indicators({ source: source.name }),
              name: (
                <>
                  {source.name}
                  <span className="k-concern-note">{t('count.active_indicators', { count: source.active, n: format.number(source.active) })}</span>
                </>
              ),
              figure: <Moment at={source.last_import} as="ago" />,
            }))}
          />
        )}
      </div>
    </>
  );
}
