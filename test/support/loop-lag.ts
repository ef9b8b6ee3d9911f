// LoopLag: how long this process's event loop was blocked, by a ticking timer; waiting for a core (others run) is told apart by CPU time.

const TICK_MS = 5

export interface Lag {
  /** Longest time between two ticks beyond the tick itself, in milliseconds. */
  readonly maxMs: number
  /** The same, counting at most the CPU time that this process used in it: what it blocked itself. */
  readonly maxBusyMs: number
}

/** Returns the function that stops the timer and says what it saw. */
export function watchLoopLag(): () => Lag {
  let maxMs = 0
  let maxBusyMs = 0
  let last = performance.now()
  let cpu = process.cpuUsage()
  const timer = setInterval(() => {
    const now = performance.now()
    const { user, system } = process.cpuUsage(cpu)
    const lag = Math.max(0, now - last - TICK_MS)
    maxMs = Math.max(maxMs, lag)
    maxBusyMs = Math.max(maxBusyMs, Math.min(lag, (user + system) / 1000))
    last = now
    cpu = process.cpuUsage()
  }, TICK_MS)
  return () => {
    clearInterval(timer)
    return { maxMs, maxBusyMs }
  }
}
