// Registry of how predictions look beside the truth, by the kind of output; others are shown in words.
import type { Component } from 'vue'
import AnomalyOutput from './AnomalyOutput.vue'
import ForecastOutput from './ForecastOutput.vue'
import OutputText from './OutputText.vue'

/** Each takes OutputProps. */
export const outputs: Readonly<Record<string, Component>> = {
  forecast: ForecastOutput,
  anomaly: AnomalyOutput,
}

export function outputView(kind: string): Component {
  return outputs[kind] ?? OutputText
}
