// Registry of how samples look in the grid, by kind, and how much wider than high a cell is.
import type { Component } from 'vue'
import type { InputKind } from '../../../engine/contract/input-kind.ts'
import AudioCell from './AudioCell.vue'
import ImageCell from './ImageCell.vue'
import RowCell from './RowCell.vue'
import SeriesCell from './SeriesCell.vue'
import TextCell from './TextCell.vue'

export interface CellDef {
  readonly component: Component
  /** Width ÷ height, at least. */
  readonly ratio: number
  /** Takes all the width that its place has. */
  readonly fills: boolean
}

export const cells = {
  image: { component: ImageCell, ratio: 1, fills: false },
  text: { component: TextCell, ratio: 3, fills: true },
  'text-pair': { component: TextCell, ratio: 3, fills: true },
  audio: { component: AudioCell, ratio: 2, fills: true },
  series: { component: SeriesCell, ratio: 2, fills: true },
  row: { component: RowCell, ratio: 2.5, fills: true },
  rating: { component: RowCell, ratio: 2.5, fills: true },
} satisfies Record<InputKind, CellDef>
