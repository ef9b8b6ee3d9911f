// Detection: which cells answer for a box, what is selected against a plain suppression, the loss, boxes in pixels of the source.
import { expect, test } from 'vitest'
import { Program, tensor } from '../../compile/program.ts'
import type { ImageInput } from '../../contract/recipe.ts'
import { Random } from '../../data/random.ts'
import { Graph, type Value } from '../../graph/graph.ts'
import { iou } from '../../metrics/detection.ts'
import { assignBoxes } from './assign.ts'
import { cellBoxes, detectionLoss, LEAST, MOST, OVERLAP, pixelBoxes, select, shares, surest } from './graph.ts'
import { centreOf, gridOf } from './grid.ts'
import { boxesFound, decodeBoxes } from './score.ts'

const input: ImageInput = { kind: 'image', height: 32, width: 48, channels: 3, mean: [0.5], std: [0.25] }
const grid = gridOf(input)

function assigned(boxes: Parameters<typeof assignBoxes>[0]): { cells: Int32Array; corners: Float32Array } {
  const [cells, corners] = [new Int32Array(grid.cells), new Float32Array(grid.cells * 4)]
  assignBoxes(boxes, grid, cells, corners)
  return { cells, corners }
}

test('assignment: cells near the middle and inside; a tiny box has one; the smaller of two wins', () => {
  expect(grid).toEqual({ rows: 8, columns: 12, cells: 96 })
  const big = { class: 1, x: 4, y: 4, width: 30, height: 24 }
  const { cells, corners } = assigned([big])
  const own = [...cells.keys()].filter((i) => cells[i] === 2)
  expect(own.length).toBeGreaterThanOrEqual(4)
  expect(own.length).toBeLessThanOrEqual(16)
  for (const cell of own) {
    const [x, y] = centreOf(cell, grid)
    expect(Math.max(Math.abs(x - 19), Math.abs(y - 16))).toBeLessThanOrEqual(6)
    expect([...corners.subarray(cell * 4, cell * 4 + 4)]).toEqual([4, 4, 34, 28])
  }
  const tiny = assigned([{ class: 0, x: 8.2, y: 8.2, width: 1, height: 1 }])
  expect([...tiny.cells].filter((c) => c > 0)).toEqual([1])
  expect(tiny.cells[2 * 12 + 2]).toBe(1)
  const both = assigned([{ class: 0, x: 17, y: 14, width: 4, height: 4 }, big])
  const [at] = [...both.cells.keys()].filter((i) => both.cells[i] === 1)
  expect(both.cells[at!]).toBe(1)
  expect([...both.cells].filter((c) => c === 2).length).toBeGreaterThan(0)
  expect([...assigned([]).cells].every((c) => c === 0)).toBe(true)
})

/** Greedy suppression, class by class. */
function plain(boxes: Float32Array, scores: Float32Array, classes: number, cells: number): { score: number; class: number; cell: number }[] {
  const at = (i: number): { class: number; x: number; y: number; width: number; height: number } => ({ class: 0, x: boxes[4 * i]!, y: boxes[4 * i + 1]!, width: boxes[4 * i + 2]! - boxes[4 * i]!, height: boxes[4 * i + 3]! - boxes[4 * i + 1]! })
  const kept: { score: number; class: number; cell: number }[] = []
  for (let c = 0; c < classes; c++) {
    const own = Array.from({ length: cells }, (_, cell) => ({ score: scores[c * cells + cell]!, class: c, cell })).filter((one) => one.score > LEAST).sort((a, b) => b.score - a.score)
    const mine: typeof own = []
    for (const one of own) if (mine.every((other) => iou(at(one.cell), at(other.cell)) <= OVERLAP)) mine.push(one)
    kept.push(...mine)
  }
  return kept.sort((a, b) => b.score - a.score).slice(0, MOST)
}

test('selection in the graph is non-maximum suppression, class by class, for each row of the batch', async () => {
  const [N, K, L] = [3, 2, 40]
  const random = new Random(4, 'sample')
  const boxes = Float32Array.from({ length: N * L * 4 }, (_, i) => (i % 4 < 2 ? random.uniform() * 0.5 : 0))
  for (let i = 0; i < N * L; i++) for (const k of [0, 1]) boxes[4 * i + 2 + k] = boxes[4 * i + k]! + 0.1 + 0.4 * random.uniform()
  // The last row has nothing that scores.
  const scores = Float32Array.from({ length: N * K * L }, (_, i) => (i >= 2 * K * L ? 0.01 : random.uniform()))
  const graph = new Graph('select')
  const out = select(graph.input('boxes', 'float32', ['N', L, 4]), graph.input('scores', 'float32', ['N', K, L]))
  for (const [name, value] of Object.entries<Value>({ ...out })) graph.output(`best_${name}`, value)
  await using program = await Program.create(graph, { threads: 1 })
  const found = await program.run({ boxes: tensor('float32', boxes, [N, L, 4]), scores: tensor('float32', scores, [N, K, L]) })
  const most = found['best_scores']!.shape[1] as number
  expect(most).toBe(Math.min(MOST, K * L))
  for (let n = 0; n < N; n++) {
    const wanted = plain(boxes.subarray(n * L * 4, (n + 1) * L * 4), scores.subarray(n * K * L, (n + 1) * K * L), K, L)
    const got = Array.from({ length: most }, (_, i) => ({ score: (found['best_scores']!.data as Float32Array)[n * most + i]!, class: Number((found['best_classes']!.data as BigInt64Array)[n * most + i]!), box: [...(found['best_boxes']!.data as Float32Array).subarray((n * most + i) * 4, (n * most + i) * 4 + 4)] })).filter(({ score }) => score > 0)
    expect(got).toEqual(wanted.map(({ score, class: kind, cell }) => ({ score, class: kind, box: [...boxes.subarray((n * L + cell) * 4, (n * L + cell) * 4 + 4)] })))
    if (n === 2) expect(got).toEqual([])
    else expect(got.length).toBeGreaterThan(5)
  }
})

test('sides become boxes around the middle of their cell, as shares and as pixels of any picture', async () => {
  const graph = new Graph('boxes')
  const boxes = cellBoxes(graph.input('sides', 'float32', ['N', 4, 8, 12]), input)
  graph.output('boxes', boxes)
  graph.output('pixels', pixelBoxes(shares(boxes, input), graph.input('size', 'float32', ['N', 2])))
  await using program = await Program.create(graph, { threads: 1 })
  // softplus(ln(e^v − 1)) = v strides of 8 pixels.
  const strides = [0.5, 0.25, 1, 0.75]
  const sides = Float32Array.from({ length: 4 * 96 }, (_, i) => Math.log(Math.exp(strides[Math.floor(i / 96)]!) - 1))
  const out = await program.run({ sides: tensor('float32', sides, [1, 4, 8, 12]), size: tensor('float32', Float32Array.of(320, 96), [1, 2]) })
  const cell = 3 * 12 + 5
  const [cx, cy] = centreOf(cell, grid)
  const box = [cx - 4, cy - 2, cx + 8, cy + 6]
  ;[...(out['boxes']!.data as Float32Array).subarray(cell * 4, cell * 4 + 4)].forEach((v, i) => { expect(v).toBeCloseTo(box[i]!, 4) })
  ;[...(out['pixels']!.data as Float32Array).subarray(cell * 4, cell * 4 + 4)].forEach((v, i) => { expect(v).toBeCloseTo([box[0]! * 2, box[1]! * 10, 12 * 2, 8 * 10][i]!, 3) })
})

test('loss: right boxes and classes cost next to nothing, rows of padding nothing, and the parts add up', async () => {
  const [N, K] = [3, 2]
  const boxes = [{ class: 1, x: 8, y: 8, width: 16, height: 12 }]
  const { cells, corners } = assigned(boxes)
  const perfect = new Float32Array(4 * 96)
  const logits = new Float32Array(K * 96).fill(-12)
  for (let cell = 0; cell < 96; cell++) {
    if (cells[cell] === 0) continue
    const [x, y] = centreOf(cell, grid)
    ;[x - 8, y - 8, 24 - x, 20 - y].forEach((distance, i) => (perfect[i * 96 + cell] = Math.log(Math.expm1(distance / 8))))
    logits[96 + cell] = 12
  }
  const graph = new Graph('loss')
  const loss = detectionLoss({ name: 'giou', logits: graph.input('logits', 'float32', [N, K, 8, 12]), sides: graph.input('sides', 'float32', [N, 4, 8, 12]), cells: graph.input('cells', 'int32', [N, 96]), corners: graph.input('corners', 'float32', [N, 96, 4]), rows: graph.input('rows', 'float32', [N]), input })
  for (const [name, value] of Object.entries<Value>({ ...loss })) graph.output(`out_${name}`, value)
  await using program = await Program.create(graph, { threads: 1 })
  const repeat = (first: Float32Array, second: Float32Array): Float32Array => Float32Array.from([...first, ...second, ...second])
  const out = await program.run({
    logits: tensor('float32', repeat(logits, new Float32Array(K * 96)), [N, K, 8, 12]),
    sides: tensor('float32', repeat(perfect, new Float32Array(4 * 96)), [N, 4, 8, 12]),
    cells: tensor('int32', Int32Array.from([...cells, ...cells, ...cells]), [N, 96]),
    corners: tensor('float32', repeat(corners, corners), [N, 96, 4]),
    rows: tensor('float32', Float32Array.of(1, 1, 0), [N]),
  })
  const [first, second, third] = out['out_perRow']!.data as Float32Array
  expect(first).toBeLessThan(1e-4)
  expect(second).toBeGreaterThan(0.5)
  expect(third).toBe(second)
  // Both rows have the same number of cells, so the objective is the mean of the real rows.
  expect((out['out_objective']!.data as Float32Array)[0]).toBeCloseTo((first! + second!) / 2, 5)
  expect((out['out_overlap']!.data as Float32Array)[0]).toBeCloseTo(1, 4)
})

test('what is explained is the surest cell of the class', async () => {
  const graph = new Graph('surest')
  graph.output('y', surest(graph.input('logits', 'float32', ['N', 2, 2, 2]), graph.input('target', 'float32', [1, 2])))
  await using program = await Program.create(graph, { threads: 1 })
  const out = await program.run({ logits: tensor('float32', Float32Array.of(1, 2, 3, 4, 9, 8, 7, 6), [1, 2, 2, 2]), target: tensor('float32', Float32Array.of(0, 1), [1, 2]) })
  expect([...(out['y']!.data as Float32Array)]).toEqual([9])
})

test('found boxes are cut at the picture; people are told those that are likely', () => {
  const row = { scores: Float32Array.of(0.9, 0.2, 0), classes: BigInt64Array.of(1n, 0n, 0n), fractions: Float32Array.of(-0.1, 0.25, 0.5, 1.2, 0, 0, 1, 1, 0, 0, 1, 1), source: Float32Array.of(40, 80) }
  expect(boxesFound(row)).toMatchObject([{ class: 1, x: 0, y: 10, width: 40, height: 30 }, { class: 0, x: 0, y: 0, width: 80, height: 40 }])
  expect(decodeBoxes(row, {} as never, ['a', 'b'])).toMatchObject({ kind: 'boxes', boxes: [{ class: 'b', x: 0, y: 10, width: 40, height: 30 }] })
})
