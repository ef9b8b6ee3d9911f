// Command openModel: an ONNX file into the project, as the body of the next runs; and the recipe for it.
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { backbone } from '../models/imported/backbone.ts'
import { IMPORTED } from '../models/index.ts'
import type { Command } from './command.ts'
import { recipeOf } from './recipe.ts'
import { withProject } from './with-project.ts'

export const openModelCommand: Command<'openModel'> = {
  args: z.object({ project: z.string(), path: z.string() }),
  run: ({ project: file, path }) =>
    withProject(file, async (project) => {
      const bytes = await readFile(path).catch((error: unknown) => {
        throw new LatheError('not-found', `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, { path }, { cause: error })
      })
      const opened = backbone(bytes, basename(path), null)
      if (project.readOnly) throw new LatheError('read-only', `${file} is open read-only, so the model cannot be kept in it: make the file and its folder writable`, { path: file })
      const recipe = await recipeOf(project, IMPORTED)
      const { input } = recipe
      if (input.kind !== 'image') throw new LatheError('usage', `${basename(path)}: the project learns from ${input.kind}; an imported model takes pictures`)
      const sha256 = project.modelFiles.add(basename(path), bytes)
      const spread = (values: readonly number[]): number[] => Array.from({ length: opened.channels }, (_, i) => values[i] ?? values[0] ?? 0.5)
      const config: TrainConfig = {
        ...recipe,
        modelOptions: { sha256, freeze: null, head: null },
        input: { ...input, height: opened.height ?? input.height, width: opened.width ?? input.width, channels: opened.channels === 1 ? 1 : 3, mean: spread(input.mean), std: spread(input.std) },
      }
      const { model } = opened
      return { sha256, name: basename(path), head: opened.features, parameters: [...model.parameters].map(([name, values]) => ({ name, size: values.length, trainable: model.trainable.has(name) })), config }
    }),
}
