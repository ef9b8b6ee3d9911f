// npm run study -- floors [--tasks NAMES] [--seeds 1,2,3] [--models default|all|NAMES] [--results FILE] [--again] [--json]: every task's sample with its default recipe, test split, against its floor; runs that the file of results has are not repeated.
// npm run study -- floors --table: the table of what the file of results has, in Markdown.
// npm run study -- active [--samples digits,commands] [--by margin,entropy] [--seeds 1,2,3] [--json]: labels needed by active learning against random, and what pseudo-labels and frozen bodies give.
// npm run study -- hashes [--tasks NAMES] [--seeds 1] [--json]: every template trained twice for an epoch: the same seed gives the same weights.
import { parseArgs } from 'node:util'
import { studyActive } from './active/active.ts'
import { showFloors, studyFloors } from './floors/floors.ts'
import { RESULTS } from './floors/results.ts'
import { studyHashes } from './hashes/hashes.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tasks: { type: 'string' },
    samples: { type: 'string', default: 'digits,commands' },
    by: { type: 'string', default: 'margin' },
    seeds: { type: 'string', default: '1,2,3' },
    models: { type: 'string', default: 'default' },
    results: { type: 'string', default: RESULTS },
    again: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    table: { type: 'boolean', default: false },
  },
})
const seeds = values.seeds.split(',').map(Number)
if (!seeds.every((seed) => Number.isInteger(seed) && seed >= 0)) throw new Error(`--seeds: expected whole numbers with commas, found '${values.seeds}'`)

const studies: Readonly<Record<string, () => Promise<boolean>>> = {
  floors: async () => {
    if (values.table) {
      console.log(showFloors(values.results))
      return true
    }
    return studyFloors({ tasks: values.tasks?.split(',') ?? null, seeds, models: values.models === 'all' ? 'all' : values.models === 'default' ? 'default' : values.models.split(','), results: values.results, again: values.again, json: values.json })
  },
  hashes: () => studyHashes({ tasks: values.tasks?.split(',') ?? null, seed: seeds[0] ?? 1, json: values.json }),
  active: async () => {
    await studyActive({ samples: values.samples.split(','), strategies: values.by.split(','), seeds, json: values.json })
    return true
  },
}
const [what = ''] = positionals
const study = studies[what]
if (!study) throw new Error(`no study '${what}'; there are ${Object.keys(studies).join(' and ')}`)
process.exitCode = (await study()) ? 0 : 1
