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
/** Penalty of the windows' logistic regression. */
const C = 0.01
const MODELS: readonly { readonly name: string; readonly title: string; readonly note: string; readonly fit: (pictures: readonly LabelledPicture[], request: BaselineRequest) => Finder }[] = [
  { name: 'usual-boxes', title: 'Usual places of each class', note: 'the same boxes in every picture', fit: (pictures, { classes }) => fitUsualBoxes(pictures.map(({ grey: { height, width }, boxes }) => ({ height, width, boxes })), classes.length) },
  {
    name: 'sliding-window',
    title: 'Sliding windows of gradients',
    note: `histograms of oriented gradients in square windows, logistic regression with hard negatives; c ${C}`,
    fit: (pictures, { classes, seed, signal }) => {
      const detector = fitDetector(pictures, classes.length, C, { seed, ...(signal && { signal }) })
      return (grey) => detect(detector, grey)
    },
  },
]

const boxesIn = ({ sample: { label } }: ReadSample<unknown>): readonly Box[] => (label?.kind === 'boxes' ? label.boxes : [])

export const detectionBaseline: BaselineDef = {
  ranking: { metric: 'map50', lowerIsBetter: false, measure: map50OfValues },
  valuesOf: ({ set, outputs: { dense_scores: _scores, dense_boxes: _boxes, ...outputs }, classes }) =>
    new Map(Array.from(set.ids).flatMap((id, row) => {
      const { boxes } = set.truth(row) as DetectionTruth
      return boxes ? [[id, imageValues({ truth: boxes, found: boxesFound(rowOf(outputs, row)) }, classes.length)] as const] : []
    })),
  run: async function* (request) {
    const { train, test } = await readSplits(request, (s) => s.label?.kind === 'boxes', greyOf)
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
    for await (const { model: { name, title, note, fit }, seconds } of ready(MODELS, request)) {
      const images = await find(fit(train.map((one) => ({ grey: one.value, boxes: boxesIn(one) })), request), test)
      const { metrics, intervals } = detectionScore(images, K, request.seed)
      yield { name, title, note, metrics, intervals, seconds: seconds(), values: new Map(test.map(({ sample }, i) => [sample.id, imageValues(images[i] ?? { truth: [], found: [] }, K)])), exportable: null }
    }
  },
}
