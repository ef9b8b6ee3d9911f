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
  /** Width ÷ height. */
  readonly ratio: number
}

export const cells = {
  image: { component: ImageCell, ratio: 1 },
  text: { component: TextCell, ratio: 3 },
  'text-pair': { component: TextCell, ratio: 3 },
  audio: { component: AudioCell, ratio: 2 },
  series: { component: SeriesCell, ratio: 2 },
  row: { component: RowCell, ratio: 2.5 },
  rating: { component: RowCell, ratio: 2.5 },
} satisfies Record<InputKind, CellDef>
