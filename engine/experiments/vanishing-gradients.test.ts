// The experiment itself, with few epochs: the first layer of the plain network gets no gradient, all remedies bring it one, and only they learn.
import { expect, test } from 'vitest'
import { vanishingGradients } from './vanishing-gradients.ts'

test('twenty sigmoid layers learn nothing; each remedy brings the gradient to the first layer and learns', async () => {
  const stages: string[] = []
  const { runs, guess, depth } = await vanishingGradients({ epochs: 6, onProgress: ({ stage }) => stages.push(stage) })
  const [plain, ...remedies] = runs
  expect(runs.map((r) => r.id)).toEqual(['sigmoid', 'initializer', 'relu', 'batch-norm', 'residual'])
  expect(stages).toHaveLength(6)
  expect(plain!.gradients).toHaveLength(depth + 1)
  expect(plain!.gradients[0]!.start / plain!.gradients.at(-1)!.start).toBeLessThan(1e-9)
  expect(plain!.interval.low).toBeLessThan(guess)
  for (const { id, gradients, accuracy, losses } of remedies) {
    expect(gradients[0]!.start / gradients.at(-1)!.start, id).toBeGreaterThan(1e-3)
    expect(losses.at(-1)!, id).toBeLessThan(plain!.losses.at(-1)! - 0.2)
    expect(accuracy, id).toBeGreaterThan(plain!.interval.high)
  }
}, 120_000)

test('a signal ends it between steps', async () => {
  await expect(vanishingGradients({ epochs: 3, signal: AbortSignal.abort() })).rejects.toMatchObject({ kind: 'cancelled' })
}, 60_000)
