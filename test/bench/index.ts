// npm run bench -- engine [--peer [PYTHON]] [--json] [--only NAMES] [--rounds N] [--steps N] [--threads N]: times of a training step, beside PyTorch's.
// npm run bench -- import: images read in a second.
import { parseArgs } from 'node:util'
import { benchEngine } from './engine.ts'
import { benchImport } from './import.ts'
import { isWorkload, workloads } from './workloads.ts'

/** `--peer` alone takes the first Python of the path. */
const args = process.argv.slice(2).flatMap((arg, i, all) => (arg === '--peer' && (all[i + 1] ?? '--').startsWith('--') ? [arg, 'python3'] : [arg]))
const { values, positionals } = parseArgs({
  args,
  allowPositionals: true,
  options: { peer: { type: 'string' }, json: { type: 'boolean', default: false }, only: { type: 'string' }, rounds: { type: 'string', default: '5' }, steps: { type: 'string', default: '100' }, threads: { type: 'string' } },
})
const [what = 'engine'] = positionals
if (what === 'import') {
  const { images, seconds, perSecond } = await benchImport()
  console.log(`import of ${images} images of 28 × 28: ${seconds.toFixed(2)} s, ${Math.round(perSecond)} images/s`)
} else if (what === 'engine') {
  const names = values.only?.split(',') ?? Object.keys(workloads)
  for (const name of names) if (!isWorkload(name)) throw new Error(`no workload '${name}'; there are ${Object.keys(workloads).join(', ')}`)
  await benchEngine({ names: names.filter(isWorkload), python: values.peer ?? null, json: values.json, rounds: Number(values.rounds), steps: Number(values.steps), threads: values.threads === undefined ? null : Number(values.threads) })
} else throw new Error(`no benchmark '${what}'; there are engine and import`)
