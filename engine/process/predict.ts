// Command predict: class probabilities for files, folders, zips and tables that are not in the project.
import path from 'node:path'
import { z } from 'zod'
import type { Prediction, Skipped } from '../contract/commands.ts'
import { runId } from '../contract/ids.ts'
import type { ImageInput } from '../contract/recipe.ts'
import type { ImageSet } from '../data/types.ts'
import type { Found } from '../formats/format.ts'
import { formats } from '../formats/index.ts'
import { openSource, type Source } from '../formats/source/source.ts'
import { task } from '../tasks/index.ts'
import { Evaluator } from '../train/evaluate.ts'
import type { Command } from './command.ts'
import { modelPixels } from './pixels.ts'
import { Resizer } from './resizer.ts'
import { trained } from './trained.ts'
import { withProject } from './with-project.ts'

const BATCH = 64

export const predictCommand: Command<'predict'> = {
  args: z.object({ project: z.string(), run: runId, checkpoint: z.enum(['best', 'last']), paths: z.array(z.string()).min(1) }),
  run: ({ project: file, run: id, checkpoint, paths }, { emit, signal }) =>
    withProject(file, async (project) => {
      const { run, version, state } = trained(project, id, checkpoint)
      const { input } = run.config
      const definition = task(run.config.task)
      const names = version.classes.map((entry) => entry.name)
      await using evaluator = await Evaluator.create(run.config, names.length, { batch: BATCH })
      await using resizer = new Resizer(input)
      const predictions: Prediction[] = []
      const skipped: Skipped[] = []
      let waiting: { name: string; pixels: Uint8Array }[] = []
      const flush = async (): Promise<void> => {
        if (waiting.length > 0) {
          const { classes, probabilities } = await evaluator.run(state.weights, imageSet(waiting.map((one) => one.pixels), input))
          predictions.push(...waiting.map(({ name }, i) => ({ input: name, outputs: definition.decode(probabilities.subarray(i * classes, (i + 1) * classes), names) })))
        }
        waiting = []
        emit({ done: predictions.length, total: null, stage: 'predicting' })
      }
      for await (const found of foundIn(paths, signal)) {
        signal.throwIfAborted()
        if (found.kind === 'skip') skipped.push({ path: found.path, reason: found.reason })
        else {
          try {
            waiting.push({ name: found.shown, pixels: await modelPixels(await found.read(), input, resizer) })
          } catch (error) {
            skipped.push({ path: found.shown, reason: error instanceof Error ? error.message : String(error) })
          }
        }
        if (waiting.length === BATCH) await flush()
      }
      await flush()
      return { predictions, skipped }
    }),
}

type Shown = Found & { readonly shown: string }

async function* foundIn(paths: readonly string[], signal: AbortSignal): AsyncGenerator<Shown> {
  for (const one of paths) {
    let source: Source
    try {
      source = await openSource(path.resolve(one))
    } catch (error) {
      yield { kind: 'skip', path: one, reason: error instanceof Error ? error.message : String(error), shown: one }
      continue
    }
    for await (const found of readAny(source, signal)) yield { ...found, shown: source.kind === 'file' && found.kind === 'item' && found.file === source.file ? one : `${one}/${found.kind === 'item' ? found.name : found.path}` }
  }
}

async function* readAny(source: Source, signal: AbortSignal): AsyncGenerator<Found> {
  for (const format of Object.values(formats)) {
    if (!(await format.match(source))) continue
    yield* format.read(source, { note: () => undefined, expect: () => undefined, signal })
    return
  }
  yield { kind: 'skip', path: source.name, reason: 'neither an image nor a zip nor a CSV of images' }
}

function imageSet(images: readonly Uint8Array[], input: ImageInput): ImageSet {
  const size = input.height * input.width * input.channels
  return {
    input,
    count: images.length,
    ids: new Int32Array(images.length),
    labels: new Int32Array(images.length).fill(-1),
    gather(indices, out) {
      for (let i = 0; i < indices.length; i++) out.set(images[indices[i] ?? 0] ?? new Uint8Array(size), i * size)
    },
  }
}
