// TreeEnsembleRegressor: the sum of the leaves that each row falls into, as ONNX has it.
// https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsembleRegressor.html (ai.onnx.ml 1)
import { z } from 'zod'
import type { Value } from '../../graph/graph.ts'
import { apply, defineOp } from '../../graph/op.ts'
import { GraphError } from '../../graph/errors.ts'
import type { TreesFit } from '../../shallow/fitted.ts'

const integers = z.array(z.int())
const numbers = z.array(z.number())
const attributes = z.strictObject({
  n_targets: z.int(),
  aggregate_function: z.literal('SUM'),
  post_transform: z.literal('NONE'),
  base_values: numbers,
  nodes_treeids: integers,
  nodes_nodeids: integers,
  nodes_featureids: integers,
  nodes_values: numbers,
  nodes_modes: z.array(z.string()),
  nodes_truenodeids: integers,
  nodes_falsenodeids: integers,
  target_treeids: integers,
  target_nodeids: integers,
  target_ids: integers,
  target_weights: numbers,
})
type Attributes = z.infer<typeof attributes>

const TreeEnsembleRegressor = defineOp<Attributes>({
  name: 'TreeEnsembleRegressor',
  domain: 'ai.onnx.ml',
  since: 1,
  inputs: [{ name: 'X', dtypes: ['float32'] }],
  outputs: [1, 1],
  attributes,
  floats: ['base_values', 'nodes_values', 'target_weights'],
  infer: ({ inputs, attrs }) => {
    const batch = inputs[0]?.shape[0]
    if (batch === undefined) throw new GraphError('TreeEnsembleRegressor: its input must be a matrix')
    return [{ dtype: 'float32', shape: [batch, attrs.n_targets] }]
  },
  grad: 'forbidden',
})

/** x float [N, columns] to [N, scores]. */
export function treeEnsemble(x: Value, { trees, base }: TreesFit): Value {
  const a: { [K in keyof Attributes]: Attributes[K] } = { n_targets: base.length, aggregate_function: 'SUM', post_transform: 'NONE', base_values: [...base], nodes_treeids: [], nodes_nodeids: [], nodes_featureids: [], nodes_values: [], nodes_modes: [], nodes_truenodeids: [], nodes_falsenodeids: [], target_treeids: [], target_nodeids: [], target_ids: [], target_weights: [] }
  trees.forEach((tree, t) => {
    tree.feature.forEach((feature, node) => {
      const leaf = feature < 0
      a.nodes_treeids.push(t)
      a.nodes_nodeids.push(node)
      a.nodes_featureids.push(leaf ? 0 : feature)
      a.nodes_values.push(leaf ? 0 : (tree.threshold[node] ?? 0))
      a.nodes_modes.push(leaf ? 'LEAF' : 'BRANCH_LEQ')
      a.nodes_truenodeids.push(leaf ? 0 : (tree.left[node] ?? 0))
      a.nodes_falsenodeids.push(leaf ? 0 : (tree.right[node] ?? 0))
      if (!leaf) return
      for (let o = 0; o < tree.outputs; o++) {
        a.target_treeids.push(t)
        a.target_nodeids.push(node)
        a.target_ids.push(o)
        a.target_weights.push(tree.value[node * tree.outputs + o] ?? 0)
      }
    })
  })
  const [out] = apply(TreeEnsembleRegressor, [x], a)
  if (!out) throw new GraphError('TreeEnsembleRegressor: no output')
  return out
}
