// useEvents(): engine state, jobs and training progress as the main process tells them.
import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import type { EngineStatus, Job } from '../../main/api/contract/events.ts'
import type { TrainProgress } from '../../engine/contract/events.ts'
import { useConnection, useEventStream, useRpc } from '../bridge/client.ts'
import { asAppError, type AppError } from '../bridge/errors.ts'
import type { Listener } from '../bridge/events.ts'

export interface RunProgress extends TrainProgress {
  readonly project: string
  readonly run: number
}

export const useEvents = defineStore('events', () => {
  const rpc = useRpc()
  const connection = useConnection()
  const engine = shallowRef<EngineStatus | null>(null)
  const jobs = ref(new Map<number, Job>())
  /** The run that is training now, with its last progress. */
  const training = shallowRef<RunProgress | null>(null)
  const failed = shallowRef<AppError | null>(null)

  const refresh = async (): Promise<void> => {
    try {
      const [status, list] = await Promise.all([rpc.system.engine(), rpc.system.jobs()])
      engine.value = status
      jobs.value = new Map(list.map((job) => [job.id, job]))
      if (!list.some((job) => job.kind === 'train')) training.value = null
    } catch (error) {
      failed.value = asAppError(error)
    }
  }
  const handle: Listener = (event) => {
    switch (event.type) {
      case 'engine':
        engine.value = event.status
        if (event.status.state === 'crashed') training.value = null
        break
      case 'job':
        jobs.value.set(event.job.id, event.job)
        break
      case 'job-ended':
        jobs.value.delete(event.id)
        break
      case 'train':
        if (event.event.type === 'progress') training.value = { ...event.event.progress, project: event.project, run: event.event.run }
        else if (event.event.type === 'ended') training.value = null
        break
      case 'reconnected':
        void refresh()
        break
      case 'changed':
        break
    }
  }
  useEventStream().subscribe(handle)
  void refresh()

  return {
    engine,
    jobs: computed(() => [...jobs.value.values()]),
    training,
    connection: connection.state,
    failed,
    refresh,
    cancelJob: (id: number) => rpc.system.cancelJob({ id }),
    restartEngine: async () => { engine.value = await rpc.system.restartEngine() },
  }
})

/** Listens for as long as the component (or store) lives. */
export function onAppEvent(listener: Listener): void {
  onScopeDispose(useEventStream().subscribe(listener))
}
