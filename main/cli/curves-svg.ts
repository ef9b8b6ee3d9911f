// curvesSvg: loss and accuracy of a run at the end of each epoch, as one SVG.
import type { MetricPoint } from '../../engine/contract/events.ts'

const SIZE = { width: 900, height: 360 }
const PANELS = ['loss', 'accuracy'] as const
const COLOURS = { train: '#1f77b4', val: '#d62728' } as const

export async function curvesSvg(points: readonly MetricPoint[]): Promise<string> {
  const echarts = await import('echarts')
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...SIZE })
  try {
    chart.setOption({
      animation: false,
      backgroundColor: '#ffffff',
      title: PANELS.map((metric, i) => ({ text: metric, left: i === 0 ? '25%' : '75%', textAlign: 'center', top: 4, textStyle: { fontSize: 14 } })),
      legend: { bottom: 0, data: Object.keys(COLOURS) },
      grid: PANELS.map((_, i) => ({ left: i === 0 ? '6%' : '56%', width: '40%', top: 40, bottom: 62 })),
      xAxis: PANELS.map((_, gridIndex) => ({ type: 'value', gridIndex, name: 'epoch', nameLocation: 'middle', nameGap: 22, min: 0 })),
      yAxis: PANELS.map((_, gridIndex) => ({ type: 'value', gridIndex, scale: true })),
      series: PANELS.flatMap((metric, i) =>
        (Object.keys(COLOURS) as (keyof typeof COLOURS)[]).map((split) => ({
          type: 'line',
          name: split,
          xAxisIndex: i,
          yAxisIndex: i,
          showSymbol: false,
          color: COLOURS[split],
          data: points.filter((point) => point.name === `${split}/${metric}` && Number.isInteger(point.epoch) && Number.isFinite(point.value)).map((point) => [point.epoch, point.value]),
        })),
      ),
    })
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}
