// Command explain: the attribution map of one sample or file; a sample's is kept in the project.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Project } from '../../db/project.ts'
import type { ExplainArgs, Explanation } from '../contract/commands.ts'
import { LatheError } from '../contract/errors.ts'
import { runId, sampleId } from '../contract/ids.ts'
import { DecodeError } from '../data/decode-error.ts'
import { explain } from '../explain/explain.ts'
import { networkModel } from '../explain/network-model.ts'
import type { Command } from './command.ts'
import { modelPixels } from './pixels.ts'
import { readSample } from './read-sample.ts'
import { Resizer } from './resizer.ts'
import { trained } from './trained.ts'
import { withProject } from './with-project.ts'

export const explainCommand: Command<'explain'> = {
  args: z.object({ project: z.string(), run: runId, sample: sampleId.nullable(), path: z.string().nullable(), method: z.string(), target: z.int().min(0).nullable(), options: z.record(z.string(), z.unknown()) }),
  run: (args, { emit, signal }) =>
    withProject(args.project, async (project) => {
      const { run, version, state } = trained(project, args.run, 'best')
      const classNames = version.classes.map((entry) => entry.name)
      await using resizer = new Resizer(run.config.input)
      const pixels = await modelPixels(await bytesOf(project, args), run.config.input, resizer).catch((error: unknown) => {
        throw error instanceof DecodeError ? new LatheError('data', `${args.path ?? `sample ${args.sample ?? ''}`} cannot be explained: ${error.reason}`, undefined, { cause: error }) : error
      })
      const explanation = await explain({ model: networkModel(run.config, classNames.length, state.weights), classNames, pixels, method: args.method, target: args.target, options: args.options, signal, onProgress: emit })
      return args.sample === null ? explanation : keep(project, args, explanation)
    }),
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
  const { method, target, height, width, map, signed, completenessGap, trust } = explanation
  const { id } = project.explanations.add({ run, sample, method, target: target.index, height, width, map, meta: { target, signed, completenessGap, trust } })
  return { ...explanation, id }
}
