// Command openModel: an ONNX file into the project, as the body of the next runs; and the recipe for it.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { FROM_FILE } from '../contract/task-kinds.ts'
import { backbone, backboneKind, type Backbone } from '../models/imported/backbone.ts'
import { lendModelFiles } from '../models/imported/files.ts'
import { IMPORTED } from '../models/index.ts'
import { network } from '../models/network.ts'
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
      const name = basename(path)
      const { task } = project.info()
      if (!FROM_FILE.includes(task)) throw new LatheError('usage', `${name}: ${task} begins from no ONNX file; a file's body serves ${FROM_FILE.join(', ')}`)
      const recipe = await recipeOf(project, IMPORTED)
      const { input } = recipe
      const id = createHash('sha256').update(bytes).digest('hex')
      const opened = backbone(bytes, name, null, backboneKind(input.kind), input.kind === 'series' ? input.channels.length : 0)
      if (project.readOnly) throw new LatheError('read-only', `${file} is open read-only, so the model cannot be kept in it: make the file and its folder writable`, { path: file })
      const asked: TrainConfig = { ...recipe, modelOptions: { sha256: id, freeze: null, head: null }, input: fitted(input, opened) }
      // Refused before anything is kept where rows or series are not what the file takes.
      using _lent = lendModelFiles((sha256) => (sha256 === id ? bytes : null))
      const config = buildable(asked, opened, Math.max(1, project.classes.list().length))
      const sha256 = project.modelFiles.add(name, bytes)
      const { model } = opened
      return { sha256, name, head: opened.features, parameters: [...model.parameters].map(([name, values]) => ({ name, size: values.length, trainable: model.trainable.has(name) })), config }
    }),
}

/** Sides of pictures, in pixels, that networks which take any were made for. */
const SIDES = [32, 48, 64, 96, 128, 160, 192, 224]

/** The recipe at the least size of pictures that the file can be built for: one that halves them five times takes none of 16 pixels. Throws what the recipe itself is refused with where no size helps. */
function buildable(config: TrainConfig, { sizes }: Backbone, classes: number): TrainConfig {
  const { input } = config
  const free = input.kind === 'image' && (sizes[1] === null || sizes[2] === null)
  const larger = free ? SIDES.filter((side) => side > Math.max(input.height, input.width)).map((side) => ({ ...config, input: { ...input, height: sizes[1] ?? side, width: sizes[2] ?? side } })) : []
  let refused: unknown = null
  for (const one of [config, ...larger]) {
    try {
      network(one, classes)
      return one
    } catch (error) {
      refused ??= error
    }
  }
  throw refused
}

/** The recipe's input at the sizes that the file asks for. */
function fitted(input: TrainConfig['input'], { sizes }: Backbone): TrainConfig['input'] {
  if (input.kind === 'series') return { ...input, steps: sizes[1] ?? input.steps }
  if (input.kind !== 'image') return input
  const channels = sizes[0] === 1 ? 1 : 3
  const spread = (values: readonly number[]): number[] => Array.from({ length: channels }, (_, i) => values[i] ?? values[0] ?? 0.5)
  return { ...input, height: sizes[1] ?? input.height, width: sizes[2] ?? input.width, channels, mean: spread(input.mean), std: spread(input.std) }
}
