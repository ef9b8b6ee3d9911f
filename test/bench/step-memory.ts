// Peak memory of our own training step in a process of its own: node step-memory.ts WORKLOAD STEPS. Prints one line of JSON, in bytes.
import { TrainStep } from '../../engine/train/step.ts'
import { peakMemory } from './peak-memory.ts'
import { CLASSES, configOf, isWorkload, workloads, type Workload } from './workloads.ts'

const [name = '', steps = '20'] = process.argv.slice(2)
const workload: Workload | null = isWorkload(name) ? workloads[name] : null
if (workload?.kind !== 'picture') throw new Error(`no workload of pictures '${name}'`)
const base = peakMemory()
await using step = await TrainStep.create(configOf(workload), CLASSES, workload.batch)
step.rows.fill(1)
for (let t = 1; t <= Number(steps); t++) await step.run(t, 1e-3)
console.log(JSON.stringify({ base, peak: peakMemory() }))
