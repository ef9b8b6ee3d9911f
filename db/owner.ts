// Owner: which process works on a run or import, so that another can tell when it has died.
import { readFileSync } from 'node:fs'
import { hostname, uptime } from 'node:os'

/** Without a sign of life for this long (milliseconds), a process of another machine counts as dead. */
const SILENCE = 10 * 60_000

/** `host/pid/start`; `start` tells a process from a later one with its pid, where the system says it. */
export const owner = (): string => `${hostname()}/${process.pid}/${startOf(process.pid)}`

/** Whether the process `name` is still there; `seen` is when it last wrote, in milliseconds since 1970. */
export function isAlive(name: string | null, seen: number): boolean {
  if (name === null) return false
  const [host, pid, start] = name.split('/')
  if (host !== hostname()) return Date.now() - seen < SILENCE
  return exists(Number(pid)) && sameStart(start ?? '', startOf(Number(pid)))
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Start time in clock ticks since boot on Linux (field 22 of /proc/PID/stat), else when the system was booted: a pid from before that is another process's by now. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return `${BOOT}${Math.round(Date.now() / 1000 - uptime())}`
  }
}

const BOOT = 'boot'
/** Seconds by which two readings of one boot may differ, since the clock is set now and then. */
const CLOCK_SET = 300

/** Whether two answers of `startOf` are of one process. */
export function sameStart(one: string, other: string): boolean {
  if (!one.startsWith(BOOT) || !other.startsWith(BOOT)) return one === other
  return Math.abs(Number(one.slice(BOOT.length)) - Number(other.slice(BOOT.length))) < CLOCK_SET
}
