// k nearest neighbours: the mean of the k most similar training rows.
import { standardise, standardOf } from '../matrix.ts'
import type { ShallowDef } from '../model.ts'

/** Cover and Hart, "Nearest neighbor pattern classification", 1967; Euclidean distance of standardised columns. */
export const nearestNeighbours: ShallowDef = {
  title: 'k nearest neighbours',
  description: 'What the most similar training rows say, on average',
  targets: ['classes', 'numbers'],
  settings: [{ k: 5 }, { k: 1 }, { k: 15 }],
  fit: (x, target, { k = 5 }) => {
    const standard = standardOf(x)
    const outputs = target.kind === 'classes' ? target.classes : 1
    const y = new Float32Array(x.rows * outputs)
    for (let i = 0; i < x.rows; i++) {
      if (target.kind === 'classes') y[i * outputs + (target.labels[i] ?? 0)] = 1
      else y[i] = target.values[i] ?? 0
    }
    return { kind: 'neighbours', k: Math.min(k, x.rows), standard, x: standardise(x, standard), y, outputs }
  },
}
