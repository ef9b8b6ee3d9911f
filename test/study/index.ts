// npm run study -- floors [--tasks NAMES] [--seeds 1,2,3] [--models default|all|NAMES] [--results FILE] [--again] [--json]: every task's sample with its default recipe, test split, against its floor; runs that the file of results has are not repeated.
// npm run study -- floors --table: the table of what the file of results has, in Markdown.
import { parseArgs } from 'node:util'
import { showFloors, studyFloors } from './floors/floors.ts'
import { RESULTS } from './floors/results.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tasks: { type: 'string' },
    seeds: { type: 'string', default: '1,2,3' },
    models: { type: 'string', default: 'default' },
    results: { type: 'string', default: RESULTS },
    again: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    table: { type: 'boolean', default: false },
  },
})
const [what] = positionals
if (what !== 'floors') throw new Error(`no study '${what ?? ''}'; there is floors`)
if (values.table) console.log(showFloors(values.results))
else {
  const seeds = values.seeds.split(',').map(Number)
  if (!seeds.every((seed) => Number.isInteger(seed) && seed >= 0)) throw new Error(`--seeds: expected whole numbers with commas, found '${values.seeds}'`)
  process.exitCode = (await studyFloors({ tasks: values.tasks?.split(',') ?? null, seeds, models: values.models === 'all' ? 'all' : values.models === 'default' ? 'default' : values.models.split(','), results: values.results, again: values.again, json: values.json })) ? 0 : 1
}
