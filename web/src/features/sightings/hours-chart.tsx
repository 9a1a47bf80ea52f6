import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from '@/contract/paths';
import type { Direction, SightingHour } from '@/contract/types';
import { Chart, type Ink } from '@/ui/chart';
import { useFormat } from '@/ui/format';
import { useNavigate } from '@/ui/navigate';
import { everyHour } from './hours';

interface HoursChartProps {
  hours: readonly SightingHour[];
  present: string;
  direction: Direction;
}

/** The hours in which this same traffic was seen; the one on this page stands out, the others lead to theirs. */
export function HoursChart({ hours, present, direction }: HoursChartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const slots = useMemo(() => everyHour(hours, present), [hours, present]);

  const option = useCallback(
    (ink: Ink, width: number) => {
      const every = Math.ceil(slots.length / Math.max(2, Math.floor(width / 80)));
      return {
      textStyle: { fontFamily: "'Inter Variable', system-ui, sans-serif" },
      grid: { left: 44, right: 4, top: 10, bottom: 28 },
      xAxis: {
        type: 'category',
        data: slots.map((slot) => slot.hour),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: ink.line } },
        axisLabel: {
          color: ink.faint,
          fontSize: 12,
          hideOverlap: true,
          interval: (index: number, hour: string) => (slots.length > 48 ? format.time(hour) === '00:00' : index % every === 0),
          formatter: (hour: string) => (format.time(hour) === '00:00' ? format.weekday(hour) : format.time(hour)),
        },
      },
      yAxis: { type: 'value', minInterval: 1, splitNumber: 2, splitLine: { lineStyle: { color: ink.line } }, axisLabel: { color: ink.faint, fontSize: 12, formatter: (value: number) => format.compact(value) } },
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow', shadowStyle: { color: ink.faint, opacity: 0.1 } },
        backgroundColor: ink.surface,
        borderColor: ink.line,
        textStyle: { color: ink.text, fontSize: 13 },
        formatter: (input: unknown) => {
          const slot = slots[(input as { dataIndex: number }[])[0]?.dataIndex ?? 0];
          return slot === undefined ? '' : `${format.dayAndTime(slot.hour)}<br><b>${t('count.flows', { count: slot.flows, n: format.number(slot.flows) })}</b>`;
        },
      },
      series: [
        {
          id: 'hours',
          type: 'bar',
          barMaxWidth: 26,
          barMinHeight: 2,
          cursor: 'pointer',
          data: slots.map((slot) => ({ value: slot.flows === 0 ? null : slot.flows, itemStyle: { color: ink[direction], opacity: slot.hour === present ? 1 : 0.45 } })),
        },
      ],
      };
    },
    [slots, format, t, direction, present],
  );

  return (
    <Chart
      label={t('sighting.hours_label', { count: hours.length })}
      height={180}
      option={option}
      onClick={({ dataIndex }) => {
        const id = slots[dataIndex]?.id;
        if (id !== undefined && id !== null) navigate(paths.sighting(id));
      }}
    />
  );
}
