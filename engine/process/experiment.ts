// Command experiment: small real runs beside each other, of built-in data; no project is touched.
import { z } from 'zod'
import { vanishingGradients } from '../experiments/vanishing-gradients.ts'
import type { Command } from './command.ts'

export const experimentCommand: Command<'experiment'> = {
  args: z.object({ id: z.literal('vanishing-gradients'), seed: z.int().min(0).max(2 ** 32 - 1), epochs: z.int().min(1).max(200) }),
  run: ({ seed, epochs }, { emit, signal }) => vanishingGradients({ seed, epochs, signal, onProgress: emit }),
}
