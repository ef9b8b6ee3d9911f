// Command predict: what a run says of files that are no samples of the project.
import path from 'node:path'
import { z } from 'zod'
import type { Prediction, Progress, Skipped } from '../contract/commands.ts'
import { LatheError } from '../contract/errors.ts'
import { generation as generationSchema, type Generation } from '../contract/generation.ts'
import { runId } from '../contract/ids.ts'
import { DecodeError } from '../data/decode-error.ts'
import type { Found } from '../formats/format.ts'
import { read } from '../formats/read.ts'
import { openSource, type Source } from '../formats/source/source.ts'
import { task } from '../tasks/index.ts'
import { rowOf } from '../tasks/support/row-of.ts'
import { Evaluator } from '../train/evaluate.ts'
import { generated } from '../train/generated.ts'
import type { Command } from './command.ts'
import { trained, type Trained } from './trained.ts'
import { withProject } from './with-project.ts'

const BATCH = 64

interface Waiting {
  readonly name: string
  readonly bytes: Uint8Array
}

export const predictCommand: Command<'predict'> = {
  args: z
    .object({ project: z.string(), run: runId, checkpoint: z.enum(['best', 'last']), paths: z.array(z.string()), texts: z.array(z.string().max(1_000_000)).max(1000).optional(), generation: z.object(generationSchema.shape).partial().optional() })
    .refine(({ paths, texts }) => paths.length + (texts?.length ?? 0) > 0, 'there is nothing to predict: give a path or a text'),
  run: ({ project: file, run: id, checkpoint, paths, texts = [], generation }, { emit, signal }) =>
    withProject(file, async (project) => {
      const found = trained(project, id, checkpoint)
      const { input, together = false } = task(found.run.config.task)
      if (texts.length > 0 && input !== 'text') throw new LatheError('usage', `texts were given; the samples of ${found.run.config.task} are of kind '${input}': give files`)
      const options = generationSchema.parse(generation ?? {})
      await using evaluator = await Evaluator.create(found.run.config, found.version.classes.length, { batch: BATCH })
      const predictions: Prediction[] = []
      const skipped: Skipped[] = []
      let waiting: Waiting[] = []
      const flush = async (): Promise<void> => {
        const batch = waiting
        waiting = []
        predictions.push(...(await predicted({ found, evaluator, options, skipped, signal, emit }, batch)))
        emit({ done: predictions.length, total: null, stage: 'predicting' })
      }
      for (const text of texts) waiting.push({ name: text, bytes: new TextEncoder().encode(text) })
      let from: string | null = null
      for await (const { found: item, shown, path: source } of foundIn(paths, found.run.config.task, signal)) {
        signal.throwIfAborted()
        if (together && source !== from) await flush()
        from = source
        if (item.kind === 'skip') skipped.push({ path: shown, reason: item.reason })
        else {
          try {
            waiting.push({ name: shown, bytes: await item.read() })
          } catch (error) {
            skipped.push({ path: shown, reason: error instanceof Error ? error.message : String(error) })
          }
        }
        if (waiting.length >= BATCH && !together) await flush()
      }
      await flush()
      return { predictions, skipped }
    }),
}

interface Work {
  readonly found: Trained
  readonly evaluator: Evaluator
  readonly options: Generation
  readonly skipped: Skipped[]
  readonly signal: AbortSignal
  readonly emit: (progress: Progress) => void
}

/** Outputs for those that can be read; the others go to `skipped`, one by one. */
async function predicted(work: Work, batch: readonly Waiting[]): Promise<Prediction[]> {
  if (batch.length === 0) return []
  const { found: { run: { config }, version, state }, evaluator, options, skipped, signal, emit } = work
  const definition = task(config.task)
  const classes = version.classes.map((entry) => entry.name)
  try {
    const set = await definition.load({ samples: batch.map((_, id) => ({ id, class: -1, label: null })), others: [], read: (id) => batch[id]?.bytes ?? new Uint8Array(), config, classes, purpose: 'predict', signal })
    const direct = await evaluator.run(state.weights, set)
    const outputs = { ...direct.outputs, ...(await generated({ config, classes, weights: state.weights, set, purpose: 'predict', options, signal, onProgress: emit })) }
    return Array.from(set.ids, (id, row) => ({ input: batch[id]?.name ?? '', outputs: definition.decode(rowOf(outputs, row), config, classes, { id, class: -1, label: null, bytes: batch[id]?.bytes ?? new Uint8Array() }) }))
  } catch (error) {
    if (signal.aborted || !(error instanceof LatheError) || error.kind !== 'data') throw error
    const [only] = batch
    if (!definition.together && (batch.length > 1 || !only)) {
      const each: Prediction[] = []
      // One after another: the evaluator has one set of buffers.
      for (const one of batch) each.push(...(await predicted(work, [one])))
      return each
    }
    skipped.push({ path: only?.name ?? '', reason: error.cause instanceof DecodeError ? error.cause.reason : error.message })
    return []
  }
}

interface Shown {
  /** As the user gave it. */
  readonly path: string
  readonly found: Found
  readonly shown: string
}

async function* foundIn(paths: readonly string[], taskOfRun: string, signal: AbortSignal): AsyncGenerator<Shown> {
  const { input } = task(taskOfRun)
  for (const one of paths) {
    let source: Source
    try {
      source = await openSource(path.resolve(one))
    } catch (error) {
      yield { path: one, found: { kind: 'skip', path: one, reason: error instanceof Error ? error.message : String(error) }, shown: one }
      continue
    }
    for await (const found of read({ source, format: 'auto', input, task: taskOfRun, ctx: { note: () => undefined, expect: () => undefined, signal, predicting: true } })) {
      yield { path: one, found, shown: source.kind === 'file' && found.kind === 'item' && found.file === source.file ? one : `${one}/${found.kind === 'item' ? found.name : found.path}` }
    }
  }
}
