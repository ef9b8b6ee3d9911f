// A draft of a run and its recipe: keeping edits when the recipe changes, reading it back, what is wrong with it.
import type { z } from 'zod'
import { trainConfig, type TrainConfig } from '../../engine/contract/recipe.ts'

export interface Draft {
  readonly recipe: TrainConfig
  readonly config: TrainConfig
}

export const sameValue = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]))
}

/** What was changed from `before` stays; the rest follows `after`. Another model brings its own options. */
export function rebase(before: TrainConfig, config: TrainConfig, after: TrainConfig): TrainConfig {
  const kept = Object.entries(config).filter(([key, value]) => {
    if (key === 'model' || key === 'task') return false
    if (key === 'modelOptions' && after.model !== config.model) return false
    return !sameValue(value, before[key as keyof TrainConfig])
  })
  return { ...after, ...Object.fromEntries(kept) }
}

/** Null for anything that is not a whole draft. */
export function readDraft(text: string | null): Draft | null {
  try {
    const stored: unknown = JSON.parse(text ?? 'null')
    if (typeof stored !== 'object' || stored === null || !('recipe' in stored) || !('config' in stored)) return null
    const [recipe, config] = [trainConfig.safeParse(stored.recipe), trainConfig.safeParse(stored.config)]
    return recipe.success && config.success ? { recipe: recipe.data, config: config.data } : null
  } catch {
    return null
  }
}

/** One sentence by path of the field: what is expected. */
export const draftProblems = (config: TrainConfig): Readonly<Record<string, string>> => problemsOf(trainConfig, config)

/** The same of any form that a schema checks. */
export function problemsOf(schema: z.ZodType, form: unknown): Readonly<Record<string, string>> {
  const parsed = schema.safeParse(form)
  if (parsed.success) return {}
  return Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join('.'), sentence(issue)]))
}

function sentence(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small': return issue.inclusive === false ? `must be more than ${issue.minimum}` : `at least ${issue.minimum}`
    case 'too_big': return `at most ${issue.maximum.toLocaleString('en-GB')}`
    case 'invalid_type': return issue.expected === 'int' ? 'must be a whole number' : issue.expected === 'number' ? 'must be a number' : `must be a ${issue.expected}`
    default: return issue.message
  }
}
