// What a training process will need at its peak, before anything is compiled: the tensors that live at once, and what is around them.
import { bytesOf, runMemory, type RunMemory } from '../compile/memory.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import type { Graph } from '../graph/graph.ts'
import { task } from '../tasks/index.ts'
import { buildInference } from './evaluate.ts'
import { ruledForm } from './form.ts'
import { buildParallelStep } from './parallel-graph.ts'
import { buildTrainStep } from './step-graph.ts'
import type { StepPlan } from './step-parts.ts'
import { startsBeside, stepWork } from './threads.ts'

/** Rows that validation takes at once, at most. */
const VALIDATION_BATCH = 256
/** Shares of the samples that are trained on and validated with, where no split is known. */
const [TRAIN, VAL] = [0.7, 0.15]
const MB = 2 ** 20

// Measured (Node 24, ONNX Runtime 1.30, Linux; `npm run bench -- memory`):
/** Node, ONNX Runtime, the app's code and the heap that decoding and the loop leave. */
const BASE = 255 * MB
/** What ORT's arena takes for a byte that lives: gaps, and the scratch of its kernels. */
const ARENA = 1.35
/** Outputs of steps that wait for V8 to collect them: up to this much, but always those of two steps. */
const GARBAGE = 64 * MB
/** Copies of weights and states that storing a checkpoint makes. */
const CHECKPOINT_COPIES = 2
/** A thread of our own with its copy of the engine. */
const THREAD = 28 * MB
/** An operator of a program: ours, and what ONNX Runtime makes of it. */
const NODE = 8 * 1024
/** Copies of a constant: ours, the model's bytes, ORT's. */
const CONSTANT_COPIES = 3

export interface MemoryEstimate {
  /** Bytes of the engine process at its peak: the sum of the others. */
  readonly total: number
  readonly base: number
  /** Samples as the task keeps them, at the model's size. */
  readonly data: number
  /** Weights and optimizer state, in use, being stored and thrown away. */
  readonly weights: number
  /** Activations, gradients and scratch of the training step. */
  readonly step: number
  /** The same of validation. */
  readonly validation: number
}

/**
 * Within a fifth of the peak of the engine process (`npm run bench -- memory` compares). `samples`: labelled ones.
 * @throws LatheError `usage` for a recipe that cannot be built.
 */
export async function estimateMemory(config: TrainConfig, classes: number, samples: number): Promise<MemoryEstimate> {
  const { network: net, tensors, step } = await stepOf(config, classes)
  const { cutInRows } = task(config.task)
  const validated = cutInRows ? VALIDATION_BATCH : Math.max(1, Math.min(VALIDATION_BATCH, Math.round(VAL * samples)))
  const inference = runMemory(buildInference(config, net, validated).graph)
  const row = Object.values(tensors).reduce((sum, spec) => sum + bytesOf(spec), 0)
  const steps = cutInRows ? Infinity : config.epochs * Math.max(1, Math.ceil((TRAIN * samples) / config.batch))
  const garbage = step.outputs * Math.min(steps, Math.max(2, Math.floor(GARBAGE / step.outputs)))
  const beside = !step.inParts && startsBeside(stepWork(net, config.batch), steps)
  const parts = {
    base: BASE,
    data: row * samples,
    // Beside the loop weights and states are kept twice, and nothing waits to be collected.
    weights: (1 + CHECKPOINT_COPIES) * step.inputs + (beside ? step.inputs : garbage),
    // Beside the loop, programs are made in both threads.
    step: step.peak + step.programs + further(config, step) + (beside ? THREAD + step.programs : 0),
    validation: ARENA * inference.peak,
  }
  return { total: Object.values(parts).reduce((a, b) => a + b, 0), ...parts }
}

/** What the steps of shorter lengths take: they are chosen from the data, here they are taken to be evenly spread, and activations go with them. */
const further = ({ task: id, buckets }: TrainConfig, { peak, programs }: StepMemory['step']): number => (task(id).padding ? ((buckets - 1) / 2) * peak + (buckets - 1) * programs : 0)

interface StepMemory extends Pick<StepPlan, 'network' | 'tensors'> {
  /** Bytes of what goes in and comes out of a step, and at its peak with all that it takes from the system, and of its programs themselves. */
  readonly step: { readonly inputs: number; readonly outputs: number; readonly peak: number; readonly programs: number; readonly inParts: boolean }
}

/** In the form of the rule: what is measured to be faster differs little, or needs less. */
async function stepOf(config: TrainConfig, classes: number): Promise<StepMemory> {
  const { layout, workers } = await ruledForm(config, classes, config.batch)
  const taken = (graph: Graph, { peak }: RunMemory): number => ARENA * peak + CONSTANT_COPIES * constants(graph)
  const parallel = workers > 1 ? buildParallelStep(config, classes, config.batch, workers, null, layout) : null
  if (!parallel) {
    const { graph, network: net, tensors } = buildTrainStep(config, classes, config.batch, null, layout)
    const memory = runMemory(graph)
    return { network: net, tensors, step: { ...memory, peak: taken(graph, memory), programs: NODE * graph.nodes.length, inParts: false } }
  }
  const all = [...parallel.parts, parallel.update].map((graph) => ({ graph, memory: runMemory(graph) }))
  const sum = (of: (one: (typeof all)[number]) => number): number => all.map(of).reduce((a, b) => a + b, 0)
  const { memory } = all.at(-1) as (typeof all)[number]
  // Of the parts what goes in is shared, and what comes out is fed to the update. Weights and states are shared too, twice.
  const sides = 2 * bytesOf({ dtype: 'float32', shape: [parallel.plan.network.size] }) * (1 + parallel.plan.state.length)
  return { network: parallel.plan.network, tensors: parallel.plan.tensors, step: { inputs: memory.inputs, outputs: memory.outputs, peak: sum(({ graph, memory: own }) => taken(graph, own)) + sides + (workers - 1) * THREAD, programs: NODE * sum(({ graph }) => graph.nodes.length), inParts: true } }
}

/** Bytes of the graph's own numbers. */
function constants(graph: Graph): number {
  const values = new Set(graph.nodes.flatMap((n) => n.inputs))
  return [...values].reduce((sum, v) => sum + (v?.data ? bytesOf(v) : 0), 0)
}
