// Registry of how a label is corrected, by kind. What is not here is shown in words only.
import type { Component } from 'vue'
import type { LabelKind } from '../../../engine/contract/label.ts'
import BoxesLabel from './BoxesLabel.vue'
import ClassesLabel from './ClassesLabel.vue'
import MaskLabel from './MaskLabel.vue'
import NumberLabel from './NumberLabel.vue'
import SpansLabel from './SpansLabel.vue'
import TextLabel from './TextLabel.vue'

export interface LabelEditor {
  /** Takes LabelProps, emits LabelEmits. */
  readonly component: Component
  /** Shows the sample itself, so that no view is needed beside it: boxes lie on the picture. */
  readonly onSample: boolean
}

export const labelEditors: Readonly<Partial<Record<LabelKind, LabelEditor>>> = {
  boxes: { component: BoxesLabel, onSample: true },
  mask: { component: MaskLabel, onSample: true },
  classes: { component: ClassesLabel, onSample: false },
  spans: { component: SpansLabel, onSample: true },
  text: { component: TextLabel, onSample: false },
  number: { component: NumberLabel, onSample: false },
}
