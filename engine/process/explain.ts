// Command explain: the attribution map of one sample or file; a sample's is kept in the project.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Project } from '../../db/project.ts'
import type { ExplainArgs, Explanation } from '../contract/commands.ts'
import { LatheError } from '../contract/errors.ts'
import { runId, sampleId, type SampleId } from '../contract/ids.ts'
import { DecodeError } from '../data/decode-error.ts'
import { allocate, type LoadSample, type TensorData } from '../data/types.ts'
import { explain } from '../explain/explain.ts'
import { task } from '../tasks/index.ts'
import type { Command } from './command.ts'
import { readSample } from './read-sample.ts'
import { trained, type Trained } from './trained.ts'
import { withProject } from './with-project.ts'

export const explainCommand: Command<'explain'> = {
  args: z.object({ project: z.string(), run: runId, sample: sampleId.nullable(), path: z.string().nullable(), method: z.string(), target: z.int().min(0).nullable(), options: z.record(z.string(), z.unknown()) }),
  run: (args, { emit, signal }) =>
    withProject(args.project, async (project) => {
      const found = trained(project, args.run, 'best')
      const features = await featuresOf(project, found, args, signal).catch((error: unknown) => {
        const cause = error instanceof LatheError ? error.cause : error
        throw cause instanceof DecodeError ? new LatheError('data', `${args.path ?? `sample ${args.sample ?? ''}`} cannot be explained: ${cause.reason}`, undefined, { cause }) : error
      })
      const explanation = await explain({ config: found.run.config, classNames: found.version.classes.map((entry) => entry.name), weights: found.state.weights, features, method: args.method, target: args.target, options: args.options, signal, onProgress: emit })
      return args.sample === null ? explanation : keep(project, args, explanation)
    }),
}

/** The task's features of the sample's first row. */
async function featuresOf(project: Project, { run: { config }, version }: Trained, args: ExplainArgs, signal: AbortSignal): Promise<Record<string, TensorData>> {
  const definition = task(config.task)
  const manifest = project.datasets.manifest(version.id)
  const entry = manifest.find(({ sample }) => sample === args.sample)
  const own: LoadSample = { id: args.sample ?? 0, class: entry?.label ?? -1, label: entry?.target ?? null, split: entry?.split ?? null }
  const bytes = await bytesOf(project, args)
  const set = await definition.load({
    samples: [own],
    others: manifest.filter(({ sample }) => sample !== args.sample).map(({ sample, label, target, split }) => ({ id: sample, class: label, label: target, split })),
    read: (id) => (id === own.id ? bytes : readSample(project, id as SampleId)),
    config,
    classes: version.classes.map(({ name }) => name),
    purpose: 'predict',
    signal,
  })
  if (set.count === 0) throw new LatheError('data', `sample ${own.id} makes no row of its own that the model could be asked about: choose another`, { sample: own.id })
  const features = Object.fromEntries(Object.entries(definition.features(config)).map(([name, spec]) => [name, allocate(spec, 1)]))
  set.fill([0], features, null)
  return features
}

async function bytesOf(project: Project, { sample, path }: ExplainArgs): Promise<Uint8Array> {
  if (sample !== null) return readSample(project, sample)
  if (path === null) throw new LatheError('usage', 'explain: expected a sample or a file, found neither')
  return readFile(path).catch((error: unknown) => {
    throw new LatheError('not-found', `${path}: the file to explain cannot be read; check the path`, { path }, { cause: error })
  })
}

function keep(project: Project, { run, sample }: ExplainArgs, explanation: Explanation): Explanation {
  if (sample === null || project.readOnly) return explanation
  const { method, target, height, width, map, kind, labels, signed, completenessGap, trust, backdrop } = explanation
  const { id } = project.explanations.add({ run, sample, method, target: target.index, height, width, map, meta: { kind, labels, target, signed, completenessGap, trust, ...(backdrop && { backdrop }) } })
  return { ...explanation, id }
}
