// Command recipe: what a fresh run would use on this project's data.
import { z } from 'zod'
import type { Project } from '../../db/project.ts'
import type { SampleRow } from '../../db/contract/records.ts'
import { decode } from '../data/decode.ts'
import { toChannels } from '../data/load.ts'
import { task } from '../tasks/index.ts'
import type { DataSummary } from '../tasks/task.ts'
import type { Command } from './command.ts'
import { readSample } from './read-sample.ts'
import { withProject } from './with-project.ts'

/** Samples whose sizes are looked at, and those whose pixels are. */
const SIZED = 2000
const DECODED = 200
const TRAIN_SHARE = 0.7

export const recipeCommand: Command<'recipe'> = {
  args: z.object({ project: z.string(), model: z.string().nullable() }),
  run: ({ project: file, model }) => withProject(file, async (project) => task(project.info().task).recipe(await summary(project), model)),
}

/** Evenly spaced, always the same. */
function some<T>(items: readonly T[], most: number): T[] {
  const step = Math.max(1, items.length / most)
  return Array.from({ length: Math.min(items.length, most) }, (_, i) => items[Math.floor(i * step)]).filter((item) => item !== undefined)
}

const median = (values: readonly number[]): number | undefined => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
const rounded = (value: number): number => Math.round(value * 1e4) / 1e4

/** Of the labelled samples in train; before the first split, of all labelled ones. */
async function summary(project: Project): Promise<DataSummary> {
  const labelled = project.samples.keys().filter((key) => key.class !== null)
  const train = labelled.filter((key) => key.split === 'train')
  const chosen = train.length > 0 ? train : labelled
  const rows = project.samples.many(some(chosen, SIZED).map((key) => key.id))
  const channels = rows.every((row) => row.channels === 1) && rows.length > 0 ? 1 : 3
  return {
    samples: train.length > 0 ? train.length : Math.round(labelled.length * TRAIN_SHARE),
    classes: new Set(labelled.map((key) => key.class)).size,
    height: median(rows.map((row) => row.height)) ?? 32,
    width: median(rows.map((row) => row.width)) ?? 32,
    channels,
    ...(await pixelStatistics(project, some(rows, DECODED), channels)),
  }
}

/** Mean and standard deviation of each channel over the pixels of `rows`, each picture counting the same. */
async function pixelStatistics(project: Project, rows: readonly SampleRow[], channels: 1 | 3): Promise<Pick<DataSummary, 'mean' | 'std'>> {
  const sum = new Float64Array(channels)
  const squares = new Float64Array(channels)
  let count = 0
  for (const row of rows) {
    const pixels = await readSample(project, row.id).then(decode).then((decoded) => toChannels(decoded, channels)).catch(() => null)
    if (!pixels) continue
    count++
    const share = 1 / (pixels.width * pixels.height)
    for (let i = 0; i < pixels.data.length; i++) {
      const value = (pixels.data[i] ?? 0) / 255
      const c = i % channels
      sum[c] = (sum[c] ?? 0) + value * share
      squares[c] = (squares[c] ?? 0) + value * value * share
    }
  }
  if (count === 0) return { mean: null, std: null }
  const mean = Array.from(sum, (s) => s / count)
  // A channel that never changes would be divided by zero.
  const std = Array.from(squares, (s, c) => Math.max(Math.sqrt(Math.max(0, s / count - (mean[c] ?? 0) ** 2)), 0.01))
  return { mean: mean.map(rounded), std: std.map(rounded) }
}
