// The work of an import: files handed over once, looked at, read, undone, cancelled; where it stands and what went wrong.
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { ImportPreview, ImportReport, Progress } from '../../../engine/contract/commands.ts'
import { useEvents } from '../../app/events.ts'
import { useProject } from '../../app/project.ts'
import { useRpc } from '../../bridge/client.ts'
import { asAppError, type AppError } from '../../bridge/errors.ts'
import { handOver, type Handover, type PickedFile } from '../../bridge/files.ts'
import { plural } from '../../ui/format.ts'

export interface ImportChoice {
  readonly files: readonly PickedFile[]
  readonly paths: readonly string[]
  /** A format of the catalog, or `auto`. */
  readonly format: string
  /** Percent; null leaves what is new without a split. */
  readonly ratio: readonly [number, number, number] | null
  readonly as: 'copy' | 'ref'
}
type ImportState = 'choose' | 'handing' | 'reading' | 'previewed' | 'done' | 'undone'
interface ImportWork {
  readonly state: Ref<ImportState>
  /** Of what is under way: in words, and how far. */
  readonly progress: ComputedRef<{ readonly text: string } & Pick<Progress, 'done' | 'total'>>
  readonly preview: ShallowRef<ImportPreview | null>
  readonly report: ShallowRef<ImportReport | null>
  readonly error: ShallowRef<AppError | null>
  readonly begin: () => void
  readonly look: (choice: ImportChoice) => Promise<void>
  readonly run: (choice: ImportChoice) => Promise<void>
  readonly undo: () => Promise<void>
  readonly cancel: () => Promise<void>
}

export function useImportWork(): ImportWork {
  const rpc = useRpc()
  const events = useEvents()
  const project = useProject()
  const state = ref<ImportState>('choose')
  const handed = ref({ done: 0, total: 0 })
  const preview = shallowRef<ImportPreview | null>(null)
  const report = shallowRef<ImportReport | null>(null)
  const error = shallowRef<AppError | null>(null)
  let abort = new AbortController()
  /** Files are handed over once, for the preview and the import. */
  let kept: { readonly files: readonly PickedFile[]; readonly handover: Handover } | null = null

  const job = computed(() => events.jobs.find((entry) => entry.kind === 'import' && entry.project === project.path) ?? null)
  const progress = computed(() => {
    if (state.value === 'handing') return { text: `Handing over ${handed.value.done} of ${plural(handed.value.total, 'file')}`, done: handed.value.done, total: Math.max(1, handed.value.total) }
    return job.value ? { text: `${job.value.title} · ${job.value.progress.stage}`, done: job.value.progress.done, total: job.value.progress.total } : { text: 'Reading …', done: 0, total: null }
  })

  const sources = async ({ files, paths }: ImportChoice): Promise<{ paths: string[]; uploaded: boolean }> => {
    if (files.length === 0) return { paths: [...paths], uploaded: false }
    if (kept?.files !== files) {
      state.value = 'handing'
      kept = { files, handover: await handOver(files, (done, total) => { handed.value = { done, total } }, abort.signal) }
    }
    return { paths: [...paths, ...kept.handover.paths], uploaded: kept.handover.uploaded }
  }
  /** Back to where it began when the work fails or is cancelled. */
  const attempt = async (choice: ImportChoice, work: (given: { paths: string[]; uploaded: boolean }) => Promise<void>): Promise<void> => {
    error.value = null
    abort = new AbortController()
    const before = state.value
    try {
      const given = await sources(choice)
      state.value = 'reading'
      await work(given)
    } catch (failure) {
      const reason = asAppError(failure)
      if (reason.kind !== 'cancelled') error.value = reason
      state.value = before
    }
  }
  return {
    state,
    progress,
    preview,
    report,
    error,
    begin: () => {
      state.value = 'choose'
      preview.value = report.value = error.value = null
    },
    look: (choice) => attempt(choice, async ({ paths }) => {
      if (project.path === null) return
      preview.value = await rpc.samples.preview({ project: project.path, paths, format: choice.format })
      state.value = 'previewed'
    }),
    run: (choice) => attempt(choice, async ({ paths, uploaded }) => {
      report.value = await project.edit((at) => rpc.samples.import({
        project: at,
        paths,
        format: choice.format,
        ratio: choice.ratio && [choice.ratio[0] / 100, choice.ratio[1] / 100, choice.ratio[2] / 100],
        as: uploaded ? 'copy' : choice.as,
      }))
      kept = null
      state.value = 'done'
    }),
    undo: async () => {
      const id = report.value?.import
      if (id === undefined || id === null) return
      try {
        await project.edit((at) => rpc.samples.undoImport({ project: at, id }))
        state.value = 'undone'
      } catch (failure) {
        error.value = asAppError(failure)
      }
    },
    cancel: async () => {
      abort.abort()
      if (job.value) await events.cancelJob(job.value.id).catch((failure: unknown) => { error.value = asAppError(failure) })
    },
  }
}
