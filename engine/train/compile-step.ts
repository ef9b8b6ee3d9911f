// A training step compiled in one form: what is fed, what runs it, and the form that it really has.
import { Program, tensor, type Tensor } from '../compile/program.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { allocate } from '../data/types.ts'
import type { Graph } from '../graph/graph.ts'
import { partedJobs } from './background-jobs.ts'
import { BackgroundStep } from './background-step.ts'
import { buildParallelStep } from './parallel-graph.ts'
import { buildTrainStep } from './step-graph.ts'
import type { StepPlan } from './step-parts.ts'
import { programThreads } from './threads.ts'

/** Block of the blocked layout; 0 is the standard one. */
export type Layout = number

/** How a step runs. It decides how sums round, so a run keeps its form. */
export interface Form {
  readonly layout: Layout
  /** Parts of the batch that run side by side, each on one thread; 1 is the whole batch in one. */
  readonly workers: number
  /** Of ONNX Runtime for the whole batch in one; null leaves the choice to the compiler of programs. */
  readonly threads: number | null
}

/** Takes what a step takes and gives what it gives (`step-graph.ts`). */
export interface StepProgram extends AsyncDisposable {
  /** Vectors that a run gives are good until the run after the next, and must not be changed; else for ever. */
  readonly transient?: boolean
  run(feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>>
}

export interface CompiledStep {
  readonly plan: StepPlan
  /** The step as one graph; null where it is cut in parts. */
  readonly graph: Graph | null
  readonly program: StepProgram
  /** Features, targets, `rows` and `masks`: tensors whose data are written before each run; of a program in the background the first set. */
  readonly fed: Readonly<Record<string, Tensor>>
  readonly batch: number
  /** The one in use: standard where no part of the network can be blocked, whole where it cannot be cut. */
  readonly form: Form
}

/** Cut in parts where `form` says so and the step allows it (`buildParallelStep`) and the system gives threads that share memory; else whole. */
export async function compileStep(config: TrainConfig, classes: number, batch: number, classWeights: readonly number[] | null, form: Form, frozen: ReadonlySet<string> = new Set()): Promise<CompiledStep> {
  const parallel = form.workers > 1 ? buildParallelStep(config, classes, batch, form.workers, classWeights, form.layout, frozen) : null
  const blocked = parallel !== null && parallel.plan.stretches.length > 0
  const whole = parallel && (blocked || form.layout === 0) ? null : buildTrainStep(config, classes, batch, classWeights, form.layout, frozen)
  // Blocks are worth more than parts: where only the whole batch fits them it stays whole.
  const [program] = parallel && !(whole && whole.stretches.length > 0) ? await BackgroundStep.create(partedJobs({ ...parallel, batch })).catch(() => []) : []
  if (parallel && program) return { plan: parallel.plan, graph: null, program, fed: program.sets[0] ?? {}, batch, form: { ...form, layout: blocked ? form.layout : 0 } }
  const { graph, ...plan } = whole ?? buildTrainStep(config, classes, batch, classWeights, form.layout, frozen)
  const threads = programThreads(form, plan.network, batch)
  const fed = Object.fromEntries(Object.entries(plan.tensors).map(([name, spec]) => [name, tensor(spec.dtype, allocate(spec, batch), [batch, ...spec.shape])]))
  return {
    plan,
    graph,
    program: await Program.create(graph, { optimize: false, ...(threads !== null && { threads }) }),
    fed: { ...fed, rows: tensor('float32', new Float32Array(batch), [batch]), ...(plan.maskBytes > 0 && { masks: tensor('uint8', new Uint8Array(plan.maskBytes), [plan.maskBytes]) }) },
    batch,
    form: { layout: plan.stretches.length > 0 ? form.layout : 0, workers: 1, threads: form.threads },
  }
}
