// Findings week by week as a drawing: bars side by side, from zero. Pure.
import type { EChartsCoreOption } from 'echarts/core';
import type { LoopFigures } from '@/contract/types';
import type { Ink } from '@/ui/chart';
import type { Format } from '@/ui/format';

export const trendParts = ['opened', 'verified', 'reopened'] as const;
export type TrendPart = (typeof trendParts)[number];
export const trendInk: Readonly<Record<TrendPart, 'warn' | 'good' | 'bad'>> = { opened: 'warn', verified: 'good', reopened: 'bad' };

export function trendOption({ weeks, format, ink, names }: { weeks: LoopFigures['weeks']; format: Format; ink: Ink; names: Readonly<Record<TrendPart, string>> }): EChartsCoreOption {
  return {
    textStyle: { fontFamily: "'Inter Variable', system-ui, sans-serif" },
    grid: { left: 44, right: 8, top: 10, bottom: 30 },
    xAxis: { type: 'category', data: weeks.map(({ from }) => from), axisTick: { show: false }, axisLine: { lineStyle: { color: ink.faint, opacity: 0.5 } }, axisLabel: { color: ink.faint, fontSize: 12, hideOverlap: true, formatter: (iso: string) => format.weekday(iso) } },
    yAxis: { type: 'value', min: 0, minInterval: 1, splitLine: { lineStyle: { color: ink.line } }, axisLabel: { color: ink.faint, fontSize: 12, formatter: (value: number) => format.compact(value) } },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, backgroundColor: ink.surface, borderColor: ink.line, textStyle: { color: ink.text, fontSize: 13 } },
    series: trendParts.map((part) => ({ id: part, name: names[part], type: 'bar', itemStyle: { color: ink[trendInk[part]] }, animationDuration: 300, data: weeks.map((week) => week[part]) })),
  };
}
