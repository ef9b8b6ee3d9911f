// Sample `co2`: weekly carbon dioxide in the air at Mauna Loa, 1958 to 2001.
import { forecastRows } from '../forecast-rows.ts'
import type { BuiltInSample } from '../sample.ts'
import { co2Weeks } from './weeks.ts'

export const co2: BuiltInSample = {
  title: 'CO₂ at Mauna Loa',
  task: 'series-forecast',
  samples: 2225,
  bytes: 33_974,
  licence: 'Atmospheric CO₂ from continuous air samples at Mauna Loa Observatory, Hawaii, 1958–2001, C. D. Keeling and T. P. Whorf, Scripps Institution of Oceanography; public domain.',
  description: 'Carbon dioxide in the air, parts per million, week by week from March 1958 to December 2001: it rises, it breathes with the year, and 59 weeks are missing.',
  trainSeconds: 40,
  classes: [],
  open: () => forecastRows('co2'),
  also: { 'tabular-regression': { samples: 2_021, classes: [], open: co2Weeks } },
}
