// Series: JSON with channels of numbers side by side.
import { parseSeries } from '../series/series-sample.ts'
import type { InputDef } from './input.ts'

export const series: InputDef = {
  title: 'Series',
  plural: 'series',
  probe: (bytes) => {
    const { channels, length, rate } = parseSeries(bytes)
    return Promise.resolve({ mime: 'application/json', width: 0, height: 0, channels: channels.length, meta: { steps: length, ...(rate !== null && { rate, seconds: Number((length / rate).toFixed(3)) }) } })
  },
}
