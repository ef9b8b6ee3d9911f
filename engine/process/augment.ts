// Command augment: what the recipe's augmentation makes of one sample, several times over, as training would see it.
import { z } from 'zod'
import type { Project } from '../../db/project.ts'
import { LatheError } from '../contract/errors.ts'
import { sampleId, type SampleId } from '../contract/ids.ts'
import { mapClasses, type NumberedLabel } from '../contract/label.ts'
import { trainConfig } from '../contract/recipe.ts'
import type { Covered, DrawnItem } from '../contract/drawn.ts'
import { Random } from '../data/random.ts'
import { allocate, type LoadSample, type TensorData, type TensorSpec } from '../data/types.ts'
import { task } from '../tasks/index.ts'
import type { Command } from './command.ts'
import { readSample } from './read-sample.ts'
import { withProject } from './with-project.ts'

/** Other samples that mixtures may draw from. */
const OTHERS = 12

export const augmentCommand: Command<'augment'> = {
  args: z.object({ project: z.string(), config: trainConfig, sample: sampleId.nullable(), count: z.int().min(1).max(50) }),
  run: ({ project: file, config, sample, count }, { signal }) =>
    withProject(file, async (project) => {
      const definition = task(config.task)
      const samples = chosen(project, sample)
      const classes = project.classes.list().filter((entry) => entry.samples > 0).map((entry) => entry.name)
      const set = await definition.load({ samples, others: [], read: (id) => readSample(project, id as SampleId), config, classes, purpose: 'train', signal })
      // Of a text in many windows the middle one, which can begin earlier or later.
      const rows = Array.from(set.ids.keys()).filter((i) => set.ids[i] === samples[0]?.id)
      const row = rows[Math.floor(rows.length / 2)] ?? -1
      if (row < 0) throw new LatheError('data', `sample ${samples[0]?.id ?? 0} makes no row of its own that could be augmented: choose another`)
      const specs = definition.features(config)
      const targets = definition.targets(config, classes.length)
      const ids = project.classes.list().filter((entry) => entry.samples > 0).map((entry) => entry.id as number)
      const ofWords = definition.attribution(config).kind === 'tokens'
      const once = (draw: number | null): DrawnItem => {
        const filled = Object.fromEntries(Object.entries({ ...specs, ...targets }).map(([name, spec]) => [name, allocate(spec, 1)]))
        set.fill([row], filled, draw === null ? null : () => new Random(config.seed, 'augment', draw))
        if (ofWords) return { kind: 'words', words: definition.attributionLabels?.(filled, config).columns ?? [] }
        const { label = null, covered = [] } = definition.drawn?.(filled, config) ?? {}
        return shown(specs, filled, { isWave: definition.input === 'audio', label: label && mapClasses(label, (index: number) => ids[index] ?? -1), covered: draw === null ? [] : covered })
      }
      return { sample: samples[0]?.id as SampleId, original: once(null), augmented: Array.from({ length: count }, (_, i) => once(i)) }
    }),
}

/** The sample asked for, else the first labelled one, and some others behind it. */
function chosen(project: Project, wanted: SampleId | null): LoadSample[] {
  const index = new Map(project.classes.list().filter((entry) => entry.samples > 0).map((entry, i) => [entry.id as number, i]))
  const labelled = project.samples.keys().filter((key) => key.labelled)
  const first = wanted ?? labelled[0]?.id
  if (first === undefined) throw new LatheError('data', 'there is no labelled sample to augment: label one first')
  const rest = labelled.filter((key) => key.id !== first && key.split !== 'test').slice(0, OTHERS).map((key) => key.id)
  return project.samples.many([first, ...rest]).map((row) => ({ id: row.id, class: row.class === null ? -1 : (index.get(row.class) ?? -1), label: row.label && mapClasses(row.label, (id: number) => index.get(id) ?? -1), split: row.split }))
}

interface Beside {
  readonly isWave: boolean
  /** With ids of classes. */
  readonly label: NumberedLabel | null
  readonly covered: readonly Covered[]
}

/** The first tensor that can be drawn. */
function shown(specs: Readonly<Record<string, TensorSpec>>, features: Readonly<Record<string, TensorData>>, { isWave, label, covered }: Beside): DrawnItem {
  for (const [name, { shape }] of Object.entries(specs)) {
    const data = features[name]
    if (data instanceof Uint8Array && shape.length === 3) return { kind: 'pixels', height: shape[0] ?? 0, width: shape[1] ?? 0, channels: shape[2] ?? 1, data, label }
    if (data instanceof Float32Array && shape.length === 1 && isWave) return { kind: 'wave', data, covered }
    if (data instanceof Float32Array && shape.length > 0 && shape.length <= 2) return { kind: 'lines', channels: shape.length === 1 ? 1 : (shape[0] ?? 1), data }
  }
  throw new LatheError('usage', 'what this task feeds its network cannot be drawn')
}
