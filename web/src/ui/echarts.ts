// The parts of ECharts that the desk draws with; loaded when the first chart comes into view.
import { BarChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, TooltipComponent } from 'echarts/components';
import { init, use as withParts } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

withParts([BarChart, GridComponent, TooltipComponent, MarkAreaComponent, SVGRenderer]);

export { init };
