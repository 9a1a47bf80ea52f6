// The picture's series as a drawing: out above the line, in below it, the rest in a strip of its own. Pure.
import type { EChartsCoreOption } from 'echarts/core';
import type { Direction, SeriesPoint } from '@/contract/types';
import type { Ink } from '@/ui/chart';
import type { Format } from '@/ui/format';

export interface SeriesWords {
  direction: (direction: Direction) => string;
  gap: string;
  soFar: string;
  flows: (count: number) => string;
}

const others: readonly Direction[] = ['internal', 'transit', 'unknown'];

export const othersIn = (series: readonly SeriesPoint[]): Direction[] =>
  others.filter((direction) => series.some((point) => point[direction] > 0));

/** A round number that holds the greatest bar, so that both halves share one scale. */
export function ceiling(value: number): number {
  if (value <= 4) return 4;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10].find((factor) => factor * power >= value) ?? 10;
  return step * power;
}

const escape = (text: string) => text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

function axisLabel(format: Format, stepSeconds: number, spanHours: number) {
  return (iso: string) => {
    if (stepSeconds >= 86_400 || spanHours > 72) return format.weekday(iso);
    const time = format.time(iso);
    return time === '00:00' ? format.weekday(iso) : time;
  };
}

interface SeriesInput {
  series: readonly SeriesPoint[];
  stepSeconds: number;
  format: Format;
  words: SeriesWords;
  ink: Ink;
  width: number;
}

export function seriesOption({ series, stepSeconds, format, words, ink, width }: SeriesInput): EChartsCoreOption {
  const rest = othersIn(series);
  const strip = rest.length > 0;
  const times = series.map((point) => point.time);
  const top = ceiling(Math.max(...series.map((point) => Math.max(point.outbound, point.inbound)), 1));
  const stripTop = ceiling(Math.max(...series.map((point) => rest.reduce((sum, direction) => sum + point[direction], 0)), 1));
  const label = axisLabel(format, stepSeconds, (series.length * stepSeconds) / 3600);
  const last = series.length - 1;
  const most = Math.max(2, Math.floor(width / 88));
  const every = Math.max(1, Math.ceil(series.length / most));
  // Days are named at midnight; within a day the hours are counted back from the present one.
  const long = (series.length * stepSeconds) / 3600 > 72 && stepSeconds < 86_400;
  const labelled = (index: number, time: string) => (long ? format.time(time) < format.time(times[index - 1] ?? time) || format.time(time) === '00:00' : (last - index) % every === 0);
  const isGap = (point: SeriesPoint) => point.gap && point.outbound + point.inbound + point.internal + point.transit + point.unknown === 0;
  const gaps = series.flatMap((point, index) => (isGap(point) ? [[{ xAxis: index }, { xAxis: index }]] : []));
  const bar = (direction: Direction, sign: 1 | -1, grid: 0 | 1) => ({
    id: direction,
    name: words.direction(direction),
    type: 'bar',
    stack: grid === 0 ? 'main' : 'rest',
    xAxisIndex: grid,
    yAxisIndex: grid,
    barCategoryGap: series.length > 60 ? '12%' : '24%',
    cursor: 'pointer',
    itemStyle: { color: ink[direction] },
    emphasis: { itemStyle: { opacity: 0.75 } },
    animationDuration: 300,
    data: series.map((point, index) => ({
      value: point.gap && point[direction] === 0 ? null : sign * point[direction],
      itemStyle: index === last ? { opacity: 0.55 } : undefined,
    })),
    markArea:
      direction === 'outbound' && gaps.length > 0
        ? { silent: true, itemStyle: { color: ink.line, opacity: 0.6 }, data: gaps }
        : undefined,
  });
  const xAxis = (grid: 0 | 1, labels: boolean) => ({
    type: 'category',
    gridIndex: grid,
    data: times,
    axisTick: { show: false },
    axisLine: { onZero: true, lineStyle: { color: ink.faint, opacity: 0.5 } },
    axisLabel: labels
      ? { color: ink.faint, fontSize: 12, margin: 12, formatter: label, hideOverlap: true, interval: labelled }
      : { show: false },
  });
  const yAxis = (grid: 0 | 1, bottom: number, most: number, parts: number) => ({
    type: 'value',
    gridIndex: grid,
    min: bottom,
    max: most,
    interval: parts === 0 ? undefined : most / parts,
    splitNumber: 2,
    splitLine: { lineStyle: { color: ink.line } },
    axisLabel: { color: ink.faint, fontSize: 12, formatter: (value: number) => format.compact(Math.abs(value)) },
  });
  const stripHeight = 46;
  return {
    textStyle: { fontFamily: "'Inter Variable', system-ui, sans-serif" },
    grid: [
      { left: 52, right: 8, top: 8, bottom: strip ? stripHeight + 58 : 30 },
      ...(strip ? [{ left: 52, right: 8, height: stripHeight, bottom: 30 }] : []),
    ],
    xAxis: [{ ...xAxis(0, !strip), ...(strip ? {} : { axisLine: { show: true, onZero: true, lineStyle: { color: ink.faint, opacity: 0.5 } } }) }, ...(strip ? [xAxis(1, true)] : [])].map((axis) => ({
      ...axis,
      position: 'bottom',
      axisLabel: { ...axis.axisLabel },
    })),
    yAxis: [yAxis(0, -top, top, 2), ...(strip ? [yAxis(1, 0, stripTop, 1)] : [])],
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: ink.faint, opacity: 0.1 } },
      backgroundColor: ink.surface,
      borderColor: ink.line,
      textStyle: { color: ink.text, fontSize: 13 },
      formatter: (input: unknown) => {
        const index = (input as { dataIndex: number }[])[0]?.dataIndex ?? 0;
        const point = series[index];
        if (point === undefined) return '';
        const until = new Date(new Date(point.time).getTime() + stepSeconds * 1000).toISOString();
        const head = `${format.dayAndTime(point.time)} – ${stepSeconds >= 86_400 ? format.dayAndTime(until) : format.time(until)}${index === last ? ` · ${words.soFar}` : ''}`;
        const lines = (['outbound', 'inbound', ...rest] as Direction[]).map(
          (direction) =>
            `<div style="display:flex;gap:18px;justify-content:space-between"><span><span style="display:inline-block;width:9px;height:9px;border-radius:2px;margin-right:7px;background:${ink[direction]}"></span>${escape(words.direction(direction))}</span><b style="font-variant-numeric:tabular-nums">${escape(words.flows(point[direction]))}</b></div>`,
        );
        return `<div style="color:${ink.faint};margin-bottom:4px">${escape(head)}</div>${isGap(point) ? escape(words.gap) : lines.join('')}`;
      },
    },
    series: [bar('outbound', 1, 0), bar('inbound', -1, 0), ...rest.map((direction) => bar(direction, 1, 1))],
  };
}
