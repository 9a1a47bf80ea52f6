import '@/ui/figures.css';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths, type SightingFilter } from '@/contract/paths';
import type { Direction, Picture } from '@/contract/types';
import { DirectionMark } from '@/ui/direction-mark';
import { useFormat } from '@/ui/format';

const sumOf = (picture: Picture, direction: Direction) => picture.series.reduce((sum, point) => sum + point[direction], 0);

function Change({ now, before }: { now: number; before: number | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (before === undefined || before === 0) return <span className="k-figure-note">{'\u00a0'}</span>;
  return <span className="k-figure-note">{t('picture.change', { change: format.change(now / before - 1) })}</span>;
}

/** The window's numbers; each leads to what it counts. */
export function KeyFigures({ picture, filter }: { picture: Picture; filter: SightingFilter }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { totals, previous } = picture;
  const share = (count: number) => (totals.flows === 0 ? '\u00a0' : t('picture.share', { share: format.percent(count / totals.flows) }));
  const outbound = sumOf(picture, 'outbound');
  const inbound = sumOf(picture, 'inbound');
  return (
    <ul className="k-figures">
      <li>
        <Link to={paths.sightings({ ...filter, direction: 'outbound' })} data-direction="outbound">
          <DirectionMark direction="outbound" bare />
          <strong>{format.number(outbound)}</strong>
          <span className="k-figure-note">{share(outbound)}</span>
        </Link>
      </li>
      <li>
        <Link to={paths.sightings({ ...filter, direction: 'inbound' })} data-direction="inbound">
          <DirectionMark direction="inbound" bare />
          <strong>{format.number(inbound)}</strong>
          <span className="k-figure-note">{share(inbound)}</span>
        </Link>
      </li>
      <li>
        <Link to={paths.sightings(filter)}>
          <span className="k-figure-name">{t('picture.flows')}</span>
          <strong>{format.number(totals.flows)}</strong>
          <Change now={totals.flows} before={previous?.flows} />
        </Link>
      </li>
      <li>
        <Link to={paths.sightings(filter)}>
          <span className="k-figure-name">{t('picture.organisations')}</span>
          <strong>{format.number(totals.organisations)}</strong>
          <Change now={totals.organisations} before={previous?.organisations} />
        </Link>
      </li>
      <li>
        <Link to={paths.sightings(filter)}>
          <span className="k-figure-name">{t('picture.indicators')}</span>
          <strong>{format.number(totals.indicators)}</strong>
          <Change now={totals.indicators} before={previous?.indicators} />
        </Link>
      </li>
      <li>
        <Link to={paths.sightings(filter)}>
          <span className="k-figure-name">{t('picture.volume')}</span>
          <strong>{format.bytes(totals.bytes)}</strong>
          <Change now={totals.bytes} before={previous?.bytes} />
        </Link>
      </li>
    </ul>
  );
}
