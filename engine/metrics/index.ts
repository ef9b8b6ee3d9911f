// Registry of classification metrics by the name they have after the slash (`test/f1`).
import { accuracy } from './accuracy.ts'
import { ece } from './ece.ts'
import { f1 } from './f1.ts'
import { loss } from './loss.ts'
import type { MetricDef } from './metric.ts'
import { top3, top5 } from './top-k.ts'

export const metrics = {
  accuracy,
  loss,
  f1,
  top3,
  top5,
  ece,
} satisfies Record<string, MetricDef>
