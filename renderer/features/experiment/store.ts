// The experiment that runs or has run: kept while the page is left.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { ExperimentResult } from '../../../engine/contract/experiments.ts'
import { useEvents } from '../../app/events.ts'
import { useRpc } from '../../bridge/client.ts'
import { asAppError, type AppError } from '../../bridge/errors.ts'

const EPOCHS = 20

export const useExperiment = defineStore('experiment', () => {
  const rpc = useRpc()
  const events = useEvents()
  const result = shallowRef<ExperimentResult | null>(null)
  const error = shallowRef<AppError | null>(null)
  const seed = ref(1)
  const running = ref(false)
  const job = computed(() => events.jobs.find((entry) => entry.kind === 'experiment') ?? null)

  async function run(): Promise<void> {
    if (running.value) return
    running.value = true
    error.value = null
    try {
      result.value = await rpc.system.experiment({ id: 'vanishing-gradients', seed: seed.value, epochs: EPOCHS })
    } catch (failure) {
      const found = asAppError(failure)
      if (found.kind !== 'cancelled') error.value = found
    } finally {
      running.value = false
    }
  }
  async function stop(): Promise<void> {
    if (job.value) await rpc.system.cancelJob({ id: job.value.id })
  }
  return { result, error, seed, running, job, run, stop }
})
