// Command samplePreview: a few samples of a built-in data set, so that they can be drawn.
import { z } from 'zod'
import { previewOf } from '../samples/preview.ts'
import type { Command } from './command.ts'

export const samplePreviewCommand: Command<'samplePreview'> = {
  args: z.object({ id: z.string() }),
  run: ({ id }) => previewOf(id),
}
