// useDraftRun(): the recipe with edits kept, checked, sized and stored per project.
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { fakeBridge } from '../../test/support/fake-bridge.ts'
import { trainDefaults, type TrainConfig } from '../../engine/contract/recipe.ts'
import { useDraftRun } from './draft-run.ts'
import { useProject } from './project.ts'

const recipe = (model: string): TrainConfig => ({
  task: 'image-classification', model, modelOptions: model === 'cnn' ? { filters: [32, 64] } : { hidden: [256] }, input: { kind: 'image', height: 28, width: 28, channels: 1, mean: [0.1], std: [0.3] },
  epochs: 12, batch: 64, optimizer: 'adam', lr: 0.001, schedule: 'constant', momentum: 0.9, weightDecay: 0, labelSmoothing: 0, dropout: 0, initializer: 'he', seed: 1, augment: null, earlyStopping: null, ...trainDefaults,
})
const sized: TrainConfig[] = []
const procedures = {
  runs: {
    recipe: (input: unknown) => recipe((input as { model: string | null }).model ?? 'cnn'),
    readiness: () => ({ ready: true, problems: [], warnings: [] }),
    summarize: (input: unknown) => {
      const { config } = input as { config: TrainConfig }
      sized.push(config)
      return { parameters: config.epochs, bytes: 4, multiplyAdds: 1, layers: [] }
    },
  },
}
function fresh(path = '/a.lathe'): ReturnType<typeof useDraftRun> {
  setActivePinia(createPinia())
  fakeBridge(procedures)
  useProject().path = path
  return useDraftRun()
}
beforeEach(() => {
  localStorage.clear()
  sized.length = 0
})

test('edits are marked, survive a change of model and a reload of the page, and can be taken back', async () => {
  const draft = fresh()
  await draft.load()
  expect(draft.changed).toEqual([])
  if (draft.config) draft.config.epochs = 30
  expect(draft.changed).toEqual(['epochs'])
  await draft.load('mlp')
  expect(draft.config).toMatchObject({ model: 'mlp', modelOptions: { hidden: [256] }, epochs: 30 })
  await vi.waitFor(() => { expect(sized.at(-1)).toMatchObject({ model: 'mlp', epochs: 30 }) })

  const later = fresh()
  await later.load()
  expect(later.config).toMatchObject({ model: 'mlp', epochs: 30 })
  later.resetField('epochs')
  expect(later.config?.epochs).toBe(12)
  const other = fresh('/b.lathe')
  await other.load()
  expect(other.config).toMatchObject({ model: 'cnn', epochs: 12 })
})

test('a wrong field is said, and no size is asked for it', async () => {
  const draft = fresh()
  await draft.load()
  await vi.waitFor(() => { expect(draft.summary?.parameters).toBe(12) })
  const asked = sized.length
  if (draft.config) draft.config.batch = 0
  expect(draft.problems).toEqual({ batch: 'at least 1' })
  expect(draft.valid).toBe(false)
  await new Promise((resolve) => { setTimeout(resolve, 250) })
  expect(sized).toHaveLength(asked)
  draft.reset()
  expect(draft.valid).toBe(true)
})

test('when there is no recipe, it says why', async () => {
  setActivePinia(createPinia())
  fakeBridge({ runs: { ...procedures.runs, recipe: () => { throw Object.assign(new Error('x'), { data: { kind: 'data', message: 'there are no samples yet' } }) } } })
  useProject().path = '/a.lathe'
  const draft = useDraftRun()
  await draft.load()
  expect(draft.config).toBeNull()
  expect(draft.error?.message).toBe('there are no samples yet')
})
