// Random forest: many deep trees, each on rows drawn with replacement, with a few columns tried at each split.
import { Random } from '../../data/random.ts'
import { outputsOf, type Target } from '../fitted.ts'
import type { ShallowDef } from '../model.ts'
import { binned } from '../trees/bins.ts'
import { grow, type Goal } from '../trees/grow.ts'
import type { Tree } from '../trees/tree.ts'

/** Breiman, "Random forests", Machine Learning 45, 2001. √columns are tried for classes, a third for numbers, as he advises. */
export const randomForest: ShallowDef = {
  title: 'Random forest',
  description: '100 deep trees on random rows and columns, averaged',
  targets: ['classes', 'numbers'],
  settings: [{ trees: 100, depth: 16 }],
  fit: (x, target, { trees: count = 100, depth = 16 }, { seed, signal }) => {
    const bins = binned(x)
    const outputs = outputsOf(target)
    const tries = Math.max(1, Math.round(target.kind === 'classes' ? Math.sqrt(x.columns) : x.columns / 3))
    const trees: Tree[] = []
    for (let t = 0; t < count; t++) {
      signal?.throwIfAborted()
      const random = new Random(seed, 'forest', t)
      const weights = new Float64Array(x.rows)
      for (let i = 0; i < x.rows; i++) {
        const row = random.int(x.rows)
        weights[row] = (weights[row] ?? 0) + 1
      }
      const drawn = Int32Array.from({ length: x.rows }, (_, i) => i).filter((i) => (weights[i] ?? 0) > 0)
      const tree = grow(bins, goalOf(target, weights), drawn, { depth, leaf: 1, tries, lambda: 0 }, random)
      trees.push({ ...tree, value: tree.value.map((v) => v / count) })
    }
    return { kind: 'trees', link: 'identity', columns: x.columns, base: new Float32Array(outputs), trees }
  },
}

/** Means of the rows' one-hot classes or numbers, each row as often as `weights` says. */
export function goalOf(target: Target, weights: Float64Array): Goal {
  if (target.kind === 'classes') return { outputs: target.classes, sums: new Float64Array(), labels: target.labels, weights }
  return { outputs: 1, sums: target.values.map((v, i) => v * (weights[i] ?? 0)), labels: null, weights }
}
