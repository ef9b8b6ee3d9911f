// Commands recipe and reasons: what a fresh run would use on this project's data, and why.
import { z } from 'zod'
import { mapClasses } from '../contract/label.ts'
import { LatheError } from '../contract/errors.ts'
import { trainConfig, type TrainConfig } from '../contract/recipe.ts'
import { tokenizerChoice, type TokenizerChoice } from '../contract/tokenizer.ts'
import type { Project } from '../../db/project.ts'
import { task } from '../tasks/index.ts'
import { balanced, recipeReasons, type Padded } from '../tasks/support/reasons.ts'
import type { SourceSample, TrainingData } from '../tasks/task.ts'
import type { Command } from './command.ts'
import { readSample } from './read-sample.ts'
import { withProject } from './with-project.ts'

/** Samples whose sizes are looked at. */
const SIZED = 2000
/** Samples whose lengths are looked at, each time that reasons are asked for. */
const MEASURED = 500
const TRAIN_SHARE = 0.7

export const recipeCommand: Command<'recipe'> = {
  args: z.object({ project: z.string(), model: z.string().nullable(), tokenizer: tokenizerChoice.optional() }),
  run: ({ project: file, model, tokenizer }) => withProject(file, (project) => recipeOf(project, model, tokenizer)),
}

export const reasonsCommand: Command<'reasons'> = {
  args: z.object({ project: z.string(), config: trainConfig }),
  run: ({ project: file, config }) => withProject(file, async (project) => {
    const data = trainingData(project)
    return recipeReasons(config, data, await paddedOf(config, data))
  }),
}

/** Null where the task pads nothing, or samples cannot be read. */
async function paddedOf(config: TrainConfig, data: TrainingData): Promise<Padded | null> {
  const definition = task(config.task)
  const { padding } = definition
  if (!padding) return null
  const samples = await data.read(MEASURED)
  const bytes = new Map(samples.map((sample) => [sample.id, sample.bytes]))
  const set = await definition.load({ samples, others: [], read: (id) => bytes.get(id) ?? new Uint8Array(), config, classes: data.classes, purpose: 'train' }).catch(() => null)
  return set?.lengths ? { lengths: set.lengths, full: padding.full(config) } : null
}

/** What a fresh run of `model` would use. @throws LatheError `usage` for a tokenizer asked of a task that trains none. */
export async function recipeOf(project: Project, model: string | null, tokenizer?: TokenizerChoice): Promise<TrainConfig> {
  const { task: id } = project.info()
  if (tokenizer && !['text', 'text-pair'].includes(task(id).input)) throw new LatheError('usage', `the task ${id} reads no texts, so it has no tokenizer`)
  const data = { ...trainingData(project), ...(tokenizer && { tokenizer }) }
  return balanced(await task(id).recipe(data, model), data)
}

/** Evenly spaced, always the same. */
function some<T>(items: readonly T[], most: number): T[] {
  const step = Math.max(1, items.length / most)
  return Array.from({ length: Math.min(items.length, most) }, (_, i) => items[Math.floor(i * step)]).filter((item) => item !== undefined)
}

const median = (values: readonly number[]): number | undefined => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

/** Of the labelled samples in train; before the first split, of all labelled ones. */
function trainingData(project: Project): TrainingData {
  const labelled = project.samples.keys().filter((key) => key.labelled)
  const train = labelled.filter((key) => key.split === 'train')
  const chosen = train.length > 0 ? train : labelled
  const rows = project.samples.many(some(chosen, SIZED).map((key) => key.id))
  const used = new Set(labelled.map((key) => key.class))
  // Classes of labels that are no single class are used wherever they stand.
  const classes = project.classes.list().filter(({ id }) => used.has(id) || used.has(null))
  const index = new Map(classes.map(({ id }, i) => [id as number, i]))
  return {
    samples: train.length > 0 ? train.length : Math.round(labelled.length * TRAIN_SHARE),
    classes: classes.map(({ name }) => name),
    counts: classes.map(({ id }) => chosen.filter((key) => key.class === id).length),
    height: median(rows.map((row) => row.height)) ?? 32,
    width: median(rows.map((row) => row.width)) ?? 32,
    channels: rows.every((row) => row.channels === 1) && rows.length > 0 ? 1 : 3,
    read: async (most) => {
      const read: SourceSample[] = []
      for (const row of project.samples.many(some(chosen, most).map((key) => key.id))) {
        const bytes = await readSample(project, row.id).catch(() => null)
        if (bytes) read.push({ id: row.id, class: row.class === null ? -1 : (index.get(row.class) ?? -1), label: row.label && mapClasses(row.label, (id: number) => index.get(id) ?? -1), split: row.split, bytes })
      }
      return read
    },
  }
}
