// A next step as it is shown; renderer/app/next-step.ts decides which.
import type { RouteLocationRaw } from 'vue-router'

export interface Step {
  readonly text: string
  /** Words on the button; none when there is nothing to press. */
  readonly action?: string
  readonly to?: RouteLocationRaw
  readonly done?: boolean
}
