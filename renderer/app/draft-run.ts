// useDraftRun(): the configuration of the next run, shared by Model and Train; kept per project until it is started or reset.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { ModelSummary } from '../../engine/contract/commands.ts'
import type { CheckpointId, RunId } from '../../engine/contract/ids.ts'
import { trainConfig, type TrainConfig } from '../../engine/contract/recipe.ts'
import type { TokenizerChoice } from '../../engine/contract/tokenizer.ts'
import type { Readiness } from '../../main/api/contract/runs.ts'
import { useRpc } from '../bridge/client.ts'
import { asAppError, type AppError } from '../bridge/errors.ts'
import { draftProblems, readDraft, rebase, sameValue, type Draft } from './draft.ts'
import { useProject } from './project.ts'

/** Typing pauses this long (ms) before the size is asked for. */
const QUIET = 150
const storageKey = (project: string): string => `lathe:draft:${project}`

export const useDraftRun = defineStore('draft-run', () => {
  const rpc = useRpc()
  const project = useProject()
  const config = ref<TrainConfig | null>(null)
  const recipe = shallowRef<TrainConfig | null>(null)
  /** Run whose best weights the next one begins from; null begins at random. */
  const from = ref<RunId | null>(null)
  const error = shallowRef<AppError | null>(null)
  const summary = shallowRef<ModelSummary | null>(null)
  const summaryError = shallowRef<AppError | null>(null)
  const readiness = shallowRef<Readiness | null>(null)
  /** What is asked of the tokenizer; empty leaves it to the recipe. */
  const tokenizer = shallowRef<TokenizerChoice>({})
  let loaded: string | null = null
  let asked = 0

  /** Message by path of the field: `lr`, `augment.shift`. */
  const problems = computed(() => (config.value ? draftProblems(config.value) : {}))
  const valid = computed(() => config.value !== null && Object.keys(problems.value).length === 0)
  /** Fields that differ from the recipe. */
  const changed = computed((): readonly string[] => {
    const [now, base] = [config.value, recipe.value]
    return now && base ? (Object.keys(base) as (keyof TrainConfig)[]).filter((key) => !sameValue(now[key], base[key])) : []
  })

  const adopt = (draft: Draft): void => {
    recipe.value = draft.recipe
    config.value = structuredClone(draft.config)
  }
  /** Reads the recipe for this project's data; what was edited stays as it is. */
  const load = async (model: string | null = config.value?.model ?? null): Promise<void> => {
    const path = project.path
    if (path === null) return
    if (loaded !== path) {
      loaded = path
      config.value = null
      from.value = null
      recipe.value = null
      tokenizer.value = {}
      const stored = readDraft(localStorage.getItem(storageKey(path)))
      if (stored) adopt(stored)
      model = stored?.config.model ?? null
    }
    const call = ++asked
    try {
      const [fresh, ready] = await Promise.all([rpc.runs.recipe({ project: path, model, ...(Object.keys(tokenizer.value).length > 0 && { tokenizer: tokenizer.value }) }), rpc.runs.readiness({ project: path })])
      if (call !== asked) return
      adopt({ recipe: fresh, config: config.value && recipe.value ? rebase(recipe.value, plain(config.value), fresh) : fresh })
      readiness.value = ready
      error.value = null
    } catch (failure) {
      if (call === asked) error.value = asAppError(failure)
    }
  }
  /** Keeps the ONNX file at `path` in the project, and makes its recipe the next run's. */
  const openModel = async (path: string): Promise<void> => {
    if (project.path === null) return
    const { config: fresh } = await rpc.runs.openModel({ project: project.path, path })
    adopt({ recipe: fresh, config: fresh })
  }
  /** Has the recipe train another tokenizer. */
  const askTokenizer = async (choice: TokenizerChoice): Promise<void> => {
    tokenizer.value = choice
    await load()
  }
  /** The checkpoint that `from` names: of an earlier run of the same model, where that is still there. */
  const startingPoint = async (): Promise<CheckpointId | undefined> => {
    const run = project.runs.find(({ id, config: { model } }) => id === from.value && model === config.value?.model)
    if (!run || project.path === null) return undefined
    const saved = await rpc.runs.checkpoints({ project: project.path, run: run.id })
    return (saved.find((entry) => entry.kind === 'best') ?? saved[0])?.id
  }
  const reset = (): void => {
    if (recipe.value) config.value = structuredClone(recipe.value)
  }
  const resetField = (key: keyof TrainConfig): void => {
    if (config.value && recipe.value) config.value = { ...config.value, [key]: structuredClone(recipe.value[key]) }
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  let sized = 0
  const measure = async (): Promise<void> => {
    const path = project.path
    const now = config.value
    if (path === null || !now || !trainConfig.safeParse(now).success) return
    const call = ++sized
    try {
      const result = await rpc.runs.summarize({ project: path, config: plain(now) })
      if (call !== sized) return
      summary.value = result
      summaryError.value = null
    } catch (failure) {
      if (call !== sized) return
      summaryError.value = asAppError(failure)
    }
  }
  watch([config, () => project.classes.length], () => {
    clearTimeout(timer)
    timer = setTimeout(() => { void measure() }, QUIET)
  }, { deep: true })
  watch(config, (now) => {
    if (loaded !== null && loaded === project.path && now && recipe.value) localStorage.setItem(storageKey(loaded), JSON.stringify({ recipe: recipe.value, config: now }))
  }, { deep: true })
  watch(() => [project.path, project.state, project.revision] as const, ([path, state]) => {
    if (state === 'open' && path === loaded) void load()
  })

  return { config, recipe, from, startingPoint, error, summary, summaryError, readiness, problems, valid, changed, load, openModel, tokenizer, askTokenizer, reset, resetField }
})

function plain(config: TrainConfig): TrainConfig {
  return JSON.parse(JSON.stringify(config)) as TrainConfig
}
