// Tokens as people read them.
import type { TrainConfig } from '../../contract/recipe.ts'
import type { TokenizerJson } from '../../contract/tokenizer.ts'
import type { TensorData } from '../../data/types.ts'
import { memberConfig, membersOf } from '../../contract/members.ts'
import { model } from '../../models/index.ts'
import { loadTokenizer } from '../../tokenize/load.ts'

/** The text that a token stands for; special tokens by their own name. */
export function shownToken(json: TokenizerJson, id: number): string {
  const tokenizer = loadTokenizer(json)
  const text = tokenizer.decode([id])
  return text === '' ? (tokenizer.token(id) ?? '') : text
}

/** The first `count` of `ids`, each as it is read; padding behind them is empty. */
export function tokensShown(json: TokenizerJson, ids: TensorData | undefined, count: number): string[] {
  const tokenizer = loadTokenizer(json)
  return Array.from({ length: ids?.length ?? 0 }, (_, i) => {
    if (i >= count) return ''
    const id = Number(ids?.[i] ?? 0)
    const text = tokenizer.decode([id])
    return text === '' ? (tokenizer.token(id) ?? '') : text
  })
}

/** Numbers that stand for each token in the recipe's network, which explanations attribute to; of an ensemble those of all members together. */
export function embeddingWidth(config: TrainConfig): number {
  const members = membersOf(config)
  if (members.length > 0) return members.reduce((sum, member) => sum + embeddingWidth(memberConfig(config, member)), 0)
  const { model: name, modelOptions } = config
  const options = model(name).options.parse(modelOptions) as { readonly embedding?: number; readonly features?: number }
  return options.embedding ?? options.features ?? 1
}
