// Owner: which process works on a run or import, so that another can tell when it has died.
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/** Without a sign of life for this long (milliseconds), a process of another machine counts as dead. */
const SILENCE = 10 * 60_000

/** `host/pid/start`; `start` tells a process from a later one with its pid, where the system says it. */
export const owner = (): string => `${hostname()}/${process.pid}/${startOf(process.pid)}`

/** Whether the process `name` is still there; `seen` is when it last wrote, in milliseconds since 1970. */
export function isAlive(name: string | null, seen: number): boolean {
  if (name === null) return false
  const [host, pid, start] = name.split('/')
  if (host !== hostname()) return Date.now() - seen < SILENCE
  return exists(Number(pid)) && start === startOf(Number(pid))
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Start time in clock ticks since boot on Linux (field 22 of /proc/PID/stat), else empty. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
