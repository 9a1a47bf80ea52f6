import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { paths, type SightingFilter } from '@/contract/paths';
import type { Picture } from '@/contract/types';
import { useFormat } from '@/ui/format';
import { spanOfStep } from '@/ui/window';
import { othersIn } from './series-option';

/** The series as numbers, newest first, for those who read rather than look. */
export function SeriesTable({ picture, filter }: { picture: Picture; filter: SightingFilter }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns = ['outbound', 'inbound', ...othersIn(picture.series)] as const;
  const { window: _, ...kept } = filter;
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
    <div className="k-table-scroll k-series-table" tabIndex={0} role="group" aria-label={t('picture.over_time')}>
      <table className="k-table">
        <thead>
          <tr>
            <th scope="col">{t('field.time')}</th>
            {columns.map((direction) => (
              <th key={direction} scope="col" data-align="end">
                {t(`direction.${direction}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {picture.series.toReversed().map((point) => (
            <tr key={point.time}>
              <td data-narrow="title">
                <Link to={paths.sightings({ ...kept, ...spanOfStep(point.time, picture.step_seconds) })}>{format.dayAndTime(point.time)}</Link>
              </td>
              {columns.map((direction) => (
                <td key={direction} data-align="end" data-label={t(`direction.${direction}`)}>
                  {point.gap && point[direction] === 0 ? '–' : format.number(point[direction])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
