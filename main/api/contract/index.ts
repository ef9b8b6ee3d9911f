// The contract between window and main process: one entry a feature.
import { active } from './active.ts'
import { labels } from './labels.ts'
import { projects } from './projects.ts'
import { baseline, evaluate, explain, exports } from './results.ts'
import { runs } from './runs.ts'
import { samples } from './samples.ts'
import { system } from './system.ts'

/** Errors of every procedure cross as ORPCError with `data: SerializedError` (code = its kind in upper snake case). */
export const contract = { system, projects, samples, labels, active, runs, evaluate, baseline, explain, exports }
