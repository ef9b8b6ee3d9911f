// npm run bench -- engine [--peer [PYTHON]] [--json] [--only NAMES] [--rounds N] [--steps N] [--threads N]: times of a training step, beside PyTorch's.
// npm run bench -- import: images read in a second.
// npm run bench -- facts [--peer [PYTHON]]: time to compile and to the first step, share of waiting, memory of a step beside PyTorch's.
// npm run bench -- memory [--json]: the estimate of memory beside the peak of training processes; fails where it is off by more than a fifth.
// npm run bench -- mnist [--peer [PYTHON]] [--json] [--rounds N]: seconds to 98.8 % on MNIST, beside PyTorch's.
// npm run bench -- counts [--json]: how many operators, gradients, layers, losses, … there are.
// npm run bench -- checkpoints: peak memory of a deep network with its forward pass computed again.
import { parseArgs } from 'node:util'
import { benchCheckpoints } from './checkpoints.ts'
import { counts } from './counts.ts'
import { benchEngine } from './engine.ts'
import { benchFacts } from './facts.ts'
import { benchImport } from './import.ts'
import { benchMemory } from './memory.ts'
import { benchMnist } from './mnist.ts'
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
} else if (what === 'facts') await benchFacts({ python: values.peer ?? null })
else if (what === 'memory') process.exitCode = (await benchMemory({ json: values.json })) ? 0 : 1
else if (what === 'mnist') await benchMnist({ python: values.peer ?? null, json: values.json, rounds: Number(values.rounds) })
else if (what === 'checkpoints') await benchCheckpoints()
else if (what === 'counts') console.log(values.json ? JSON.stringify(counts()) : Object.entries(counts()).map(([name, count]) => `${String(count).padStart(4)} ${name}`).join('\n'))
else throw new Error(`no benchmark '${what}'; there are engine, mnist, facts, memory, checkpoints, counts and import`)
