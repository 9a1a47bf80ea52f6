import { Skeleton, useComputedColorScheme } from '@mantine/core';
import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef, useState } from 'react';

/** The tokens a chart draws with, as the present theme has them. */
export interface Ink {
  text: string;
  faint: string;
  line: string;
  surface: string;
  outbound: string;
  inbound: string;
  internal: string;
  transit: string;
  unknown: string;
  accent: string;
  good: string;
  warn: string;
  bad: string;
}

function inkOf(element: Element): Ink {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--k-${name}`).trim();
  return {
    text: token('text'), faint: token('text-3'), line: token('line'), surface: token('surface'), outbound: token('outbound'),
    inbound: token('inbound'), internal: token('internal'), transit: token('transit'), unknown: token('unknown'), accent: token('accent'), good: token('good'), warn: token('warn'), bad: token('bad'),
  };
}

export interface ChartClick {
  seriesId: string | undefined;
  dataIndex: number;
}

interface ChartProps {
  /** What the chart says, for those who do not see it; the numbers themselves stand in a table beside. */
  label: string;
  height: number;
  /** Called again when the theme or the width changes. */
  option: (ink: Ink, width: number) => EChartsCoreOption;
  onClick?: (click: ChartClick) => void;
}

/** An ECharts drawing. The library comes with the first chart, not with the first page. */
export function Chart({ label, height, option, onClick }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<EChartsType | null>(null);
  const [width, setWidth] = useState(0);
  const scheme = useComputedColorScheme('light');
  const click = useRef(onClick);
  useEffect(() => {
    click.current = onClick;
  });

  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    let made: EChartsType | null = null;
    let gone = false;
    const watch = new ResizeObserver(() => {
      setWidth(element.clientWidth);
      made?.resize();
    });
    void import('./echarts').then(({ init }) => {
      if (gone) return;
      made = init(element, null, { renderer: 'svg' });
      made.on('click', (event) => click.current?.({ seriesId: event.seriesId, dataIndex: event.dataIndex }));
      setWidth(element.clientWidth);
      setChart(made);
      watch.observe(element);
    });
    return () => {
      gone = true;
      watch.disconnect();
      made?.dispose();
    };
  }, []);

  useEffect(() => {
    const element = place.current;
    if (chart === null || element === null || width === 0) return;
    const animation = !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    chart.setOption({ animation, ...option(inkOf(element), width) }, { notMerge: true, lazyUpdate: true });
  }, [chart, option, width, scheme]);

  return (
    <div className="k-chart" style={{ height }}>
      {chart === null && <Skeleton height={height} radius="sm" />}
      <div ref={place} className="k-chart-place" role="img" aria-label={label} style={{ height }} />
    </div>
  );
}
