// Registry of how one sample looks in full, by kind.
import type { Component } from 'vue'
import type { InputKind } from '../../../engine/contract/input-kind.ts'
import AudioView from './AudioView.vue'
import ImageView from './ImageView.vue'
import RowView from './RowView.vue'
import SeriesView from './SeriesView.vue'
import TextView from './TextView.vue'

/** Each takes `project`, `id` and `row`, and fills its place. */
export const views = {
  image: ImageView,
  text: TextView,
  'text-pair': TextView,
  audio: AudioView,
  series: SeriesView,
  row: RowView,
  rating: RowView,
} satisfies Record<InputKind, Component>
