// useProject(): the open project, its classes, counts, runs and undo state, read again when it changes.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { ClassRecord, ProjectInfo, RunRecord } from '../../db/contract/records.ts'
import { taskKind } from '../../engine/contract/task-kinds.ts'
import type { UndoState } from '../../main/api/contract/labels.ts'
import type { SampleCounts } from '../../main/api/contract/samples.ts'
import { useEventStream, useRpc } from '../bridge/client.ts'
import { asAppError, type AppError } from '../bridge/errors.ts'
import { coalesce } from './coalesce.ts'

type Part = 'info' | 'classes' | 'counts' | 'runs' | 'undo'
const EVERYTHING: readonly Part[] = ['info', 'classes', 'counts', 'runs', 'undo']
/** Changes that follow one another within this many ms are read once. */
const QUIET = 60

export const useProject = defineStore('project', () => {
  const rpc = useRpc()
  const path = ref<string | null>(null)
  const info = shallowRef<ProjectInfo | null>(null)
  const classes = shallowRef<readonly ClassRecord[]>([])
  const counts = shallowRef<SampleCounts | null>(null)
  const runs = shallowRef<readonly RunRecord[]>([])
  const undoState = shallowRef<UndoState>({ undo: null, redo: null })
  const state = ref<'closed' | 'opening' | 'open' | 'failed'>('closed')
  const error = shallowRef<AppError | null>(null)
  /** Edits on their way to the disk, and the last one that failed. */
  const saving = ref(0)
  const saveError = shallowRef<AppError | null>(null)
  /** Goes up whenever samples or labels changed: lists read themselves again. */
  const revision = ref(0)

  const readers: Record<Part, (project: string) => Promise<() => void>> = {
    info: async (project) => { const read = await rpc.projects.info({ project }); return () => { info.value = read } },
    classes: async (project) => { const read = await rpc.labels.classes({ project }); return () => { classes.value = read } },
    counts: async (project) => { const read = await rpc.samples.counts({ project }); return () => { counts.value = read } },
    runs: async (project) => { const read = await rpc.runs.list({ project }); return () => { runs.value = read } },
    undo: async (project) => { const read = await rpc.labels.state({ project }); return () => { undoState.value = read } },
  }
  const read = async (parts: readonly Part[]): Promise<void> => {
    const project = path.value
    if (project === null) return
    const apply = await Promise.all(parts.map((part) => readers[part](project)))
    if (path.value === project) for (const set of apply) set()
  }
  const wanted = coalesce<Part>(QUIET, (parts) => {
    read(parts).catch((failure: unknown) => { error.value = asAppError(failure) })
  })

  const forget = (): void => {
    info.value = null
    classes.value = []
    counts.value = null
    runs.value = []
    undoState.value = { undo: null, redo: null }
    error.value = null
    saveError.value = null
  }
  /** Opens `project` in the host if need be and reads it; the error stays in `error`. */
  const open = async (project: string): Promise<boolean> => {
    if (path.value === project && state.value === 'open') return true
    forget()
    path.value = project
    state.value = 'opening'
    try {
      info.value = await rpc.projects.open({ path: project })
      await read(['classes', 'counts', 'runs', 'undo'])
      if (path.value !== project) return false
      state.value = 'open'
      revision.value += 1
      return true
    } catch (failure) {
      if (path.value === project) {
        error.value = asAppError(failure)
        state.value = 'failed'
      }
      return false
    }
  }
  /** Lets go of the project in this window; the host keeps its file closed or open for others. */
  const leave = (): void => {
    path.value = null
    state.value = 'closed'
    forget()
  }
  /** Runs an edit: counted in `saving`, its failure kept for the bottom bar and thrown on. */
  const edit = async <T>(work: (project: string) => Promise<T>): Promise<T> => {
    const project = path.value
    if (project === null) throw asAppError(new Error('no project is open'))
    saving.value += 1
    try {
      const result = await work(project)
      saveError.value = null
      return result
    } catch (failure) {
      saveError.value = asAppError(failure)
      throw saveError.value
    } finally {
      saving.value -= 1
    }
  }
  const step = async (which: 'undo' | 'redo'): Promise<readonly number[]> => {
    const result = await edit((project) => rpc.labels[which]({ project }))
    undoState.value = result.state
    revision.value += 1
    wanted('counts', 'classes', 'info')
    return result.samples
  }

  useEventStream().subscribe((event) => {
    if (event.type === 'reconnected') {
      if (path.value !== null && state.value !== 'opening') {
        const again = path.value
        state.value = 'closed'
        void open(again)
      }
      return
    }
    if (event.type === 'train' && event.project === path.value && (event.event.type === 'started' || event.event.type === 'ended')) wanted('runs', 'info')
    if (event.type !== 'changed' || event.project !== path.value) return
    if (event.what === 'samples') wanted('info', 'counts', 'classes', 'undo')
    else if (event.what === 'labels') wanted('info', 'counts', 'classes', 'undo')
    else if (event.what === 'classes') wanted('info', 'classes', 'counts', 'undo')
    else if (event.what === 'runs') wanted('info', 'runs')
    if (event.what === 'samples' || event.what === 'labels' || event.what === 'classes') revision.value += 1
  })

  const kind = computed(() => taskKind(info.value?.task ?? ''))
  const byId = computed(() => new Map<number, ClassRecord>(classes.value.map((record) => [record.id, record])))
  return {
    path, info, kind, classes, counts, runs, undoState, state, error, saving, saveError, revision,
    /** Class by id; undefined when there is none. */
    classById: (id: number | null): ClassRecord | undefined => (id === null ? undefined : byId.value.get(id)),
    open, leave, edit,
    refresh: () => read(EVERYTHING),
    undo: () => step('undo'),
    redo: () => step('redo'),
  }
})
