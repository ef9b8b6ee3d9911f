// Which of two forms of a step is faster: both run in turn on the same random batch.
import type { Tensor } from '../compile/program.ts'
import { tensor } from '../compile/program.ts'
import { Random } from '../data/random.ts'
import type { CompiledStep } from './compile-step.ts'

/** Turns of each after one that does not count, until so many milliseconds have gone. */
const TURNS = { least: 3, most: 12, ms: 800 } as const
/** Threads of ONNX Runtime spin on after a run, for some 40 ms: what begins sooner after the other form's does not count, unless it is so long that this is little of it. */
const SPINNING = 60
const LONG = 400
/** Runs that count in a turn, as many as take no longer than this. */
const COUNTED = { most: 4, ms: 30 } as const

/** Whether `other` beats `best` by the factor `margin`, by the least milliseconds of each: noise only adds. */
export async function race(best: CompiledStep, other: CompiledStep, margin: number): Promise<boolean> {
  const least = [Infinity, Infinity]
  const runners = [best, other].map((step) => ({ step, feeds: trialFeeds(step) }))
  const begun = performance.now()
  for (let turn = 0; turn <= TURNS.most && (turn <= TURNS.least || performance.now() - begun < TURNS.ms); turn++) {
    for (const [i, { step, feeds }] of runners.entries()) {
      const from = performance.now()
      for (let counted = 0, spent = 0; counted === 0 || (counted < COUNTED.most && spent < COUNTED.ms);) {
        const start = performance.now()
        const out = await step.program.run(feeds)
        for (const name of step.program.transient ? ['weights', ...step.plan.state] : []) feeds[name] = out[`${name}_next`] ?? (feeds[name] as Tensor)
        const ms = performance.now() - start
        if (start - from < SPINNING && ms < LONG) continue
        counted++
        spent += ms
        if (turn > 0) least[i] = Math.min(least[i] ?? Infinity, ms)
      }
    }
  }
  const [mine = 0, theirs = 0] = least
  return theirs * margin < mine
}

/** What is `fed` is filled and left so: steps are filled before they run. */
function trialFeeds({ plan, fed, batch }: CompiledStep): Record<string, Tensor> {
  const random = new Random(0, 'sample')
  for (const [name, { data }] of Object.entries(fed)) {
    if (name === 'rows') (data as Float32Array).fill(1)
    else if (data instanceof Uint8Array) for (let i = 0; i < data.length; i++) data[i] = random.int(name === 'masks' ? 2 : 256)
  }
  const { network: net, optimizer, placeScalars, state } = plan
  const zeros = new Float32Array(net.size)
  const scalars = new Float32Array(optimizer.scalars.length + placeScalars.length).fill(1 / batch)
  return { ...fed, scalars: tensor('float32', scalars, [scalars.length]), weights: tensor('float32', net.initialWeights(0), [net.size]), ...Object.fromEntries(state.map((name) => [name, tensor('float32', zeros, [net.size])])) }
}
