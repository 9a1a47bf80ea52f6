import { Button } from '@mantine/core';
import { IconChartBar, IconTable } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paths, type SightingFilter } from '@/contract/paths';
import type { Direction, Picture } from '@/contract/types';
import { Chart, type Ink } from '@/ui/chart';
import { DirectionMark } from '@/ui/direction-mark';
import { useFormat } from '@/ui/format';
import { Panel } from '@/ui/panel';
import { spanOfStep } from '@/ui/window';
import { useNavigate } from '@/ui/navigate';
import { othersIn, seriesOption } from './series-option';
import { SeriesTable } from './series-table';

/** Flows over time: out above the line, in below. Every bar leads to its sightings. */
export function SeriesPanel({ picture, filter }: { picture: Picture; filter: SightingFilter }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const [asTable, setAsTable] = useState(false);
  const { series, step_seconds: stepSeconds } = picture;
  const rest = othersIn(series);

  const option = useCallback(
    (ink: Ink, width: number) =>
      seriesOption({
        series,
        stepSeconds,
        format,
        ink,
        width,
        words: {
          direction: (direction) => t(`direction.${direction}`),
          gap: t('picture.gap'),
          soFar: t('picture.so_far'),
          flows: (count) => t('count.flows', { count, n: format.number(count) }),
        },
      }),
    [series, stepSeconds, format, t],
  );
  const open = (time: string, direction: Direction) => {
    const { window: _, ...kept } = filter;
    navigate(paths.sightings({ ...kept, ...spanOfStep(time, stepSeconds), direction }));
  };

  return (
    <Panel
      title={t('picture.over_time')}
      note={t('picture.step', { count: stepSeconds / 3600 })}
      actions={
        <Button variant="subtle" color="gray" leftSection={asTable ? <IconChartBar size={14} aria-hidden /> : <IconTable size={14} aria-hidden />} onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'picture.as_chart' : 'picture.as_table')}
        </Button>
      }
      flush={asTable}
    >
      {asTable ? (
        <SeriesTable picture={picture} filter={filter} />
      ) : (
        <div className="k-series">
          <div className="k-series-labels" style={{ bottom: rest.length > 0 ? 108 : 34 }} aria-hidden>
            <DirectionMark direction="outbound" bare />
            <DirectionMark direction="inbound" bare />
          </div>
          <Chart
            label={t('picture.chart_label')}
            height={rest.length > 0 ? 372 : 310}
            option={option}
            onClick={({ seriesId, dataIndex }) => {
              const point = series[dataIndex];
              if (point !== undefined && seriesId !== undefined) open(point.time, seriesId as Direction);
            }}
          />
          {rest.length > 0 && (
            <div className="k-series-rest" aria-hidden>
              {rest.map((direction) => (
                <DirectionMark key={direction} direction={direction} bare />
              ))}
            </div>
          )}
        </div>
      )}
    </Panel>
  );
}
