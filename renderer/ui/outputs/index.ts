// Registry of how predictions look beside the truth, by the kind of output; others are shown in words.
import type { Component } from 'vue'
import ShapesOutput from '../pictures/ShapesOutput.vue'
import AnomalyOutput from './AnomalyOutput.vue'
import ClassesOutput from './ClassesOutput.vue'
import ForecastOutput from './ForecastOutput.vue'
import NumberOutput from './NumberOutput.vue'
import OutputText from './OutputText.vue'
import RatingOutput from './RatingOutput.vue'
import SpansOutput from './SpansOutput.vue'
import TranslationOutput from './TranslationOutput.vue'

/** Each takes OutputProps. */
export const outputs: Readonly<Record<string, Component>> = {
  boxes: ShapesOutput,
  mask: ShapesOutput,
  classes: ClassesOutput,
  forecast: ForecastOutput,
  anomaly: AnomalyOutput,
  spans: SpansOutput,
  translation: TranslationOutput,
  number: NumberOutput,
  rating: RatingOutput,
}

export function outputView(kind: string): Component {
  return outputs[kind] ?? OutputText
}
