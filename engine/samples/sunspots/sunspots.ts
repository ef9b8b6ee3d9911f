// Sample `sunspots`: yearly sunspot numbers, 1700 to 2008.
import { forecastRows } from '../forecast-rows.ts'
import type { BuiltInSample } from '../sample.ts'

export const sunspots: BuiltInSample = {
  title: 'Sunspots',
  task: 'series-forecast',
  samples: 309,
  bytes: 2944,
  licence: 'Yearly mean sunspot numbers 1700–2008 of SIDC, Royal Observatory of Belgium, distributed by NOAA; public domain.',
  description: 'The number of sunspots of each year from 1700 to 2008: one series with a season of about eleven years.',
  trainSeconds: 10,
  classes: [],
  open: () => forecastRows('sunspots'),
}
