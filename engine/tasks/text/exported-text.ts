// The file's side of tasks about texts: token ids and a mask by Hugging Face's names; the tokenizer is in the metadata.
import { tensor, type Tensor } from '../../compile/program.ts'
import { inputOf } from '../../contract/inputs/of.ts'
import type { TextInput } from '../../contract/inputs/text.ts'
import type { TextPairInput } from '../../contract/inputs/text-pair.ts'
import { readPair, readText } from '../../data/text/read.ts'
import type { Graph, Value } from '../../graph/graph.ts'
import { add, cast, concat, mul, unsqueeze } from '../../ops/build.ts'
import { loadTokenizer } from '../../tokenize/load.ts'
import type { ExportDef } from '../task.ts'
import { encodeJoint, encodeText, type TokenRow } from './encode.ts'

type Part = Pick<ExportDef, 'inputs' | 'describe' | 'feeds' | 'metadata'>

const input = (graph: Graph, name: string, length: number): Value => graph.input(name, 'int64', ['N', length])

function feedsOf(row: TokenRow, length: number, suffix = ''): Record<string, Tensor> {
  const ids = new BigInt64Array(length)
  const mask = new BigInt64Array(length)
  row.ids.forEach((id, i) => {
    ids[i] = BigInt(id)
    mask[i] = 1n
  })
  return { [`input_ids${suffix}`]: tensor('int64', ids, [1, length]), [`attention_mask${suffix}`]: tensor('int64', mask, [1, length]) }
}

const metadataOf = ({ tokenizer }: TextInput | TextPairInput): Record<string, string> => ({ tokenizer: JSON.stringify(tokenizer) })
const PADDING = 'then padding (id 0, mask 0) up to `tokens`; of more tokens the last are left out'

export const exportedText: Part = {
  inputs: (graph, config) => {
    const { length } = inputOf('text', config)
    const ids = input(graph, 'input_ids', length)
    return { tokens: cast(ids, 'int32'), segments: cast(input(graph, 'attention_mask', length), 'uint8') }
  },
  describe: (config) => ({
    names: ['input_ids', 'attention_mask'],
    dtype: 'int64',
    layout: 'N, tokens',
    tokens: inputOf('text', config).length,
    preprocessing: `outside the model: [CLS] and the text by the tokenizer of the metadata, ${PADDING}`,
  }),
  feeds: (bytes, config) => {
    const { tokenizer, length } = inputOf('text', config)
    return Promise.resolve(feedsOf(encodeText(loadTokenizer(tokenizer), readText(bytes), length), length))
  },
  metadata: (config) => metadataOf(inputOf('text', config)),
}

export const exportedPair: Part = {
  inputs: (graph, config) => {
    const { length, layout } = inputOf('text-pair', config)
    if (layout === 'joint') {
      const tokens = cast(input(graph, 'input_ids', length), 'int32')
      const mask = input(graph, 'attention_mask', length)
      // 1 for the first text, 2 for the second, 0 for padding.
      return { tokens, segments: cast(mul(mask, add(input(graph, 'token_type_ids', length), graph.constant(BigInt64Array.of(1n), 'int64', []))), 'uint8') }
    }
    const both = (name: string): Value => concat(['a', 'b'].map((side) => unsqueeze(input(graph, `${name}_${side}`, length), [1])), 1)
    const tokens = cast(both('input_ids'), 'int32')
    return { tokens, segments: cast(both('attention_mask'), 'uint8') }
  },
  describe: (config) => {
    const { length, layout } = inputOf('text-pair', config)
    const joint = layout === 'joint'
    return {
      names: joint ? ['input_ids', 'attention_mask', 'token_type_ids'] : ['input_ids_a', 'input_ids_b', 'attention_mask_a', 'attention_mask_b'],
      dtype: 'int64',
      layout: 'N, tokens',
      tokens: length,
      preprocessing: joint ? `outside the model: [CLS] a [SEP] b [SEP] by the tokenizer of the metadata (token_type_ids 0 up to the first [SEP], 1 after), ${PADDING}, of the longer text first` : `outside the model: [CLS] and each text by the tokenizer of the metadata, ${PADDING}`,
    }
  },
  feeds: (bytes, config) => {
    const { tokenizer: json, length, layout } = inputOf('text-pair', config)
    const tokenizer = loadTokenizer(json)
    const pair = readPair(bytes)
    if (layout === 'separate') return Promise.resolve({ ...feedsOf(encodeText(tokenizer, pair.a, length), length, '_a'), ...feedsOf(encodeText(tokenizer, pair.b, length), length, '_b') })
    const row = encodeJoint(tokenizer, pair, length)
    const types = BigInt64Array.from({ length }, (_, i) => BigInt(Math.max(0, (row.segments[i] ?? 0) - 1)))
    return Promise.resolve({ ...feedsOf(row, length), token_type_ids: tensor('int64', types, [1, length]) })
  },
  metadata: (config) => metadataOf(inputOf('text-pair', config)),
}
