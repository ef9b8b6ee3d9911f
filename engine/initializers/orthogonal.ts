// Orthogonal: rows (or columns, where there are fewer) of length 1 at right angles; for recurrent and deep networks
import type { InitializerDef } from './initializer.ts'

/**
 * Saxe, McClelland and Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks",
 * ICLR 2014. Of a tensor the first axis is the rows, the rest the columns. Gram–Schmidt on normal draws, twice, in float64.
 */
export const orthogonal: InitializerDef = {
  title: 'Orthogonal',
  description: 'rows or columns of length 1 at right angles; for recurrent and deep networks',
  fill: (out, fan, random, shape) => {
    const rows = shape?.[0] ?? Math.max(1, fan.in)
    const columns = out.length / rows
    const wide = rows <= columns
    const basis = orthonormal(Math.min(rows, columns), Math.max(rows, columns), () => random.normal())
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) out[r * columns + c] = (wide ? basis[r]?.[c] : basis[c]?.[r]) ?? 0
    }
  },
}

/** `count` vectors of `size` ≥ `count` numbers. */
function orthonormal(count: number, size: number, normal: () => number): Float64Array[] {
  const basis: Float64Array[] = []
  while (basis.length < count) {
    const v = Float64Array.from({ length: size }, normal)
    for (const u of [...basis, ...basis]) {
      const along = dot(u, v)
      for (let i = 0; i < size; i++) v[i] = (v[i] ?? 0) - along * (u[i] ?? 0)
    }
    const length = Math.sqrt(dot(v, v))
    if (length > 1e-9) basis.push(v.map((x) => x / length))
  }
  return basis
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}
