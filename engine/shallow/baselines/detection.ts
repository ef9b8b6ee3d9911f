// Baselines of object detection: the usual places of each class, and a classifier of gradients in sliding windows; by mAP at an IoU of 0.5.
import { detectionScore, imageValues, map50OfValues, type Box, type ScoredBox } from '../../metrics/detection.ts'
import { boxesFound, type DetectionTruth } from '../../tasks/detection/score.ts'
import { rowOf } from '../../tasks/support/row-of.ts'
import { greyOf, type Grey } from '../features/gradients.ts'
import { detect, fitDetector, type LabelledPicture } from '../vision/sliding-window.ts'
import { fitUsualBoxes } from '../vision/usual-boxes.ts'
import type { BaselineDef, BaselineRequest } from './baseline.ts'
import { readSplits, type ReadSample } from './read-splits.ts'
import { ready } from './ready.ts'

type Finder = (grey: Grey) => ScoredBox[]
interface Setting {
  readonly note: string
  readonly fit: (pictures: readonly LabelledPicture[], request: BaselineRequest) => Finder
}
const MODELS: readonly { readonly name: string; readonly title: string; readonly settings: readonly Setting[] }[] = [
  { name: 'usual-boxes', title: 'Usual places of each class', settings: [{ note: 'the same boxes in every picture', fit: (pictures, { classes }) => fitUsualBoxes(pictures.map(({ grey: { height, width }, boxes }) => ({ height, width, boxes })), classes.length) }] },
  {
    name: 'sliding-window',
    title: 'Sliding windows of gradients',
    settings: [0.01, 0.1].map((c) => ({
      note: `histograms of oriented gradients in square windows, logistic regression with hard negatives; c ${c}`,
      fit: (pictures, { classes, seed, signal }) => {
        const detector = fitDetector(pictures, classes.length, c, { seed, ...(signal && { signal }) })
        return (grey) => detect(detector, grey)
      },
    })),
  },
]
/** Pictures of validation that choose a setting. */
const CHOOSING = 60

const boxesIn = ({ sample: { label } }: ReadSample<unknown>): readonly Box[] => (label?.kind === 'boxes' ? label.boxes : [])

export const detectionBaseline: BaselineDef = {
  ranking: { metric: 'map50', lowerIsBetter: false, measure: map50OfValues },
  valuesOf: ({ set, outputs: { dense_scores: _scores, dense_boxes: _boxes, ...outputs }, classes }) =>
    new Map(Array.from(set.ids).flatMap((id, row) => {
      const { boxes } = set.truth(row) as DetectionTruth
      return boxes ? [[id, imageValues({ truth: boxes, found: boxesFound(rowOf(outputs, row)) }, classes.length)] as const] : []
    })),
  run: async function* (request) {
    const { train, val, test } = await readSplits(request, (s) => s.label?.kind === 'boxes', greyOf)
    const K = request.classes.length
    const find = async (finder: Finder, samples: typeof test): Promise<{ truth: readonly Box[]; found: readonly ScoredBox[] }[]> => {
      const out: { truth: readonly Box[]; found: readonly ScoredBox[] }[] = []
      for (const one of samples) {
        request.signal?.throwIfAborted()
        out.push({ truth: boxesIn(one), found: finder(one.value) })
        if (out.length % 16 === 0) {
          request.onProgress?.({ done: out.length, total: samples.length, stage: 'looking for objects' })
          await new Promise((resolve) => setImmediate(resolve))
        }
      }
      return out
    }
    for await (const { model: { name, title, settings }, seconds } of ready(MODELS, request)) {
      let best: { note: string; finder: Finder; quality: number } | null = null
      for (const { note, fit } of val.length === 0 ? settings.slice(0, 1) : settings) {
        const finder = fit(train.map((one) => ({ grey: one.value, boxes: boxesIn(one) })), request)
        const quality = settings.length === 1 || val.length === 0 ? 0 : map50OfValues((await find(finder, val.slice(0, CHOOSING))).map((image) => imageValues(image, K)))
        if (!best || quality > best.quality) best = { note, finder, quality }
      }
      if (!best) continue
      const images = await find(best.finder, test)
      const { metrics, intervals } = detectionScore(images, K, request.seed)
      yield { name, title, note: best.note, metrics, intervals, seconds: seconds(), values: new Map(test.map(({ sample }, i) => [sample.id, imageValues(images[i] ?? { truth: [], found: [] }, K)])), exportable: null }
    }
  },
}
