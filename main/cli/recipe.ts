// Recipe: a configuration with what the command line asked for, checked before a run is made of it.
import { LatheError } from '../../engine/contract/errors.ts'
import type { Commands } from '../../engine/contract/commands.ts'
import { trainConfig, type TrainConfig } from '../../engine/contract/recipe.ts'
import { list } from './command.ts'

export interface Choices {
  readonly flags: Partial<TrainConfig>
  /** `key=value` with dots into objects; values are JSON, or text where they are none. */
  readonly set: readonly string[]
}

/** @throws LatheError usage naming the setting, what was expected and what was found. */
export function configured(recipe: TrainConfig, { flags, set }: Choices, catalog: Commands['catalog']['result']): TrainConfig {
  const draft = structuredClone({ ...recipe, ...flags }) as Record<string, unknown>
  const settings = set.map((text) => {
    const at = text.indexOf('=')
    return { path: text.slice(0, at).split('.'), value: parsed(text.slice(at + 1)) }
  })
  for (const { path, value } of settings) put(draft, path, value)
  const config = trainConfig.safeParse(draft)
  if (!config.success) {
    const [issue] = config.error.issues
    const path = issue?.path.map(String) ?? []
    throw new LatheError('usage', `${path.join('.')}: ${issue?.message ?? 'is not valid'}, found ${JSON.stringify(look(draft, path))}`, { setting: path.join('.') })
  }
  for (const { path } of settings) if (look(config.data, path) === undefined) throw unknown(path)
  known('optimizer', config.data.optimizer, catalog.optimizers)
  known('schedule', config.data.schedule, catalog.schedules)
  return config.data
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

function put(draft: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path
  if (['__proto__', 'constructor', 'prototype'].includes(key)) throw unknown(path)
  if (rest.length === 0) {
    draft[key] = value
    return
  }
  const inner = draft[key] ?? {}
  if (typeof inner !== 'object') throw unknown(path)
  draft[key] = inner
  put(inner as Record<string, unknown>, rest, value)
}

function look(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? (at as Record<string, unknown>)[key] : undefined), value)
}

function unknown(path: readonly string[]): LatheError {
  return new LatheError('usage', `--set: there is no setting ${path.join('.')}: expected one of ${Object.keys(trainConfig.shape).join(', ')}, or a part of one such as augment.rotate`, { setting: path.join('.') })
}

function known(what: string, name: string, names: readonly { readonly name: string }[]): void {
  if (!names.some((one) => one.name === name)) throw new LatheError('usage', `--${what}: expected ${list(names.map((one) => one.name))}, found ${JSON.stringify(name)}`)
}
