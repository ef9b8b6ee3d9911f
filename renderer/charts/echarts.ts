// The parts of ECharts that Lathe uses, registered once.
import { LineChart } from 'echarts/charts'
import { AxisPointerComponent, GridComponent, TooltipComponent } from 'echarts/components'
import { connect, init, use, type EChartsCoreOption } from 'echarts/core'
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers'

use([CanvasRenderer, SVGRenderer, LineChart, GridComponent, TooltipComponent, AxisPointerComponent])

/** Charts of one group share their cursor. */
export const connectGroup = (group: string): void => { connect(group) }

/** The same option as vector graphics, without a page. */
export function optionSvg(option: EChartsCoreOption, width: number, height: number, background: string): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({ ...option, backgroundColor: background })
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}
