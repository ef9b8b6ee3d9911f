// Baselines of segmentation: every pixel judged by its colour and surroundings, and the usual class of each place; by mean IoU.
import { Random } from '../../data/random.ts'
import { meanOf } from '../../metrics/average-precision.ts'
import { argMaxOf } from '../../metrics/predictions.ts'
import { ious, pixelCounts, segmentationScore, type SegmentedImage } from '../../metrics/segmentation.ts'
import { rowOf } from '../../tasks/support/row-of.ts'
import { maskSize, rasterOf, resizeMask, type Raster } from '../../tasks/segmentation/masks.ts'
import { maskFound, type MaskTruth } from '../../tasks/segmentation/score.ts'
import type { Target } from '../fitted.ts'
import { takeRows, type Matrix } from '../matrix.ts'
import { predictShallow } from '../predict.ts'
import { pixelFeatures, pixelNames, type PixelFeatures } from '../vision/pixel-features.ts'
import { sumsOfValues, type BaselineDef, type BaselineModel, type BaselineRequest, type SampleValues } from './baseline.ts'
import { fitAll } from './fit-all.ts'
import { readSplits, type ReadSample } from './read-splits.ts'

/** Pixels to learn from, and to choose settings by. */
const [LEARNED, CHOOSING] = [8_000, 3_000]
/** Comparing every pixel with every other, and growing hundreds of trees one after another, take too long. */
const TOO_SLOW = ['nearest-neighbours', 'gradient-boosting']

type One = ReadSample<PixelFeatures>

const truthOf = ({ sample: { label }, value: { source } }: One): Raster => {
  const size = maskSize(source)
  return label?.kind === 'mask' ? resizeMask(rasterOf(label), size) : { ...size, data: new Uint8Array(size.width * size.height) }
}

const miou = (values: readonly SampleValues[]): number => {
  const sums = sumsOfValues(values)
  return meanOf(ious(sums, Math.round(Math.sqrt(sums.length))))
}

interface DrawnPixels {
  readonly x: Matrix
  readonly labels: Int32Array
}

/** As many pixels of each picture, drawn by the seed. */
function draw(samples: readonly One[], most: number, seed: number): DrawnPixels {
  const each = Math.max(1, Math.floor(most / Math.max(1, samples.length)))
  const parts = samples.map((one, i) => {
    const { x, height, width } = one.value
    const random = new Random(seed, 'sample', i)
    const rows = Array.from({ length: Math.min(each, x.rows) }, () => random.int(x.rows))
    const mask = resizeMask(truthOf(one), { height, width }).data
    return { data: takeRows(x, rows).data, labels: rows.map((row) => mask[row] ?? 0) }
  })
  const labels = Int32Array.from(parts.flatMap((p) => p.labels))
  const data = new Float32Array(labels.length * pixelNames.length)
  let at = 0
  for (const part of parts) {
    data.set(part.data, at)
    at += part.data.length
  }
  return { x: { rows: labels.length, columns: pixelNames.length, data }, labels }
}

export const segmentationBaseline: BaselineDef = {
  ranking: { metric: 'miou', lowerIsBetter: false, measure: miou },
  valuesOf: ({ set, outputs, config, classes }) =>
    new Map(Array.from(set.ids).flatMap((id, row) => {
      const truth = set.truth(row) as MaskTruth
      return truth ? [[id, pixelCounts({ ...truth, truth: truth.data, found: resizeMask(maskFound(rowOf(outputs, row), config), truth).data }, classes.length + 1)] as const] : []
    })),
  run: async function* (request) {
    const { train, val, test } = await readSplits(request, (s) => s.label?.kind === 'mask', pixelFeatures)
    const kinds = request.classes.length + 1
    if (request.only === undefined || request.only === 'usual-classes') yield usual(train, test, kinds, request)
    const [learned, chosen] = [draw(train, LEARNED, request.seed), draw(val, CHOOSING, request.seed)]
    const target = ({ labels }: DrawnPixels): Target => ({ kind: 'classes', labels, classes: kinds })
    const rows = draw(test, 50, request.seed).x
    for await (const { name, title, note, fitted, seconds } of fitAll({ counts: false, train: learned.x, val: chosen.x, without: TOO_SLOW }, target(learned), target(chosen), request)) {
      const began = performance.now()
      const found: Raster[] = []
      for (const { value: { x, height, width } } of test) {
        request.signal?.throwIfAborted()
        const p = predictShallow(fitted, x)
        found.push({ height, width, data: Uint8Array.from({ length: x.rows }, (_, i) => argMaxOf(p, i * kinds, kinds)) })
        await new Promise((resolve) => setImmediate(resolve))
      }
      yield {
        ...scored(test, found, kinds, request),
        name,
        title: `${title} of each pixel`,
        note: `colour, means and edges around; ${note}`,
        seconds: seconds + (performance.now() - began) / 1000,
        exportable: { fitted, outputs: 'classes', features: { names: pixelNames, describe: () => ({ row: 'one pixel', background: 'class 0; the others follow in order' }) }, rows },
      }
    }
  },
}

function scored(test: readonly One[], found: readonly Raster[], kinds: number, { seed }: BaselineRequest): Pick<BaselineModel, 'metrics' | 'intervals' | 'values'> {
  const images = test.map((one, i): SegmentedImage => {
    const truth = truthOf(one)
    return { width: truth.width, height: truth.height, truth: truth.data, found: resizeMask(found[i] ?? truth, truth).data }
  })
  const { metrics, intervals } = segmentationScore(images, kinds - 1, seed)
  return { metrics, intervals, values: new Map(test.map(({ sample }, i) => [sample.id, pixelCounts(images[i] ?? { width: 0, height: 0, truth: new Uint8Array(), found: new Uint8Array() }, kinds)])) }
}

/** Side of the grid of places. */
const GRID = 32

/** The most frequent class of each place, the same for every picture: what knowing nothing gives. */
function usual(train: readonly One[], test: readonly One[], kinds: number, request: BaselineRequest): BaselineModel {
  const began = performance.now()
  const counts = new Float32Array(GRID * GRID * kinds)
  for (const one of train) resizeMask(truthOf(one), { height: GRID, width: GRID }).data.forEach((kind, i) => (counts[i * kinds + kind] = (counts[i * kinds + kind] ?? 0) + 1))
  const data = Uint8Array.from({ length: GRID * GRID }, (_, i) => argMaxOf(counts, i * kinds, kinds))
  const found = test.map((): Raster => ({ height: GRID, width: GRID, data }))
  return { ...scored(test, found, kinds, request), name: 'usual-classes', title: 'Usual class of each place', note: 'the same mask for every picture', seconds: (performance.now() - began) / 1000, exportable: null }
}
