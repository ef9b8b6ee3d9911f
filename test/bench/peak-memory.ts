// The most memory that this process has had at once, in bytes.
import { readFileSync } from 'node:fs'

/** VmHWM on Linux; elsewhere what getrusage says, which there starts anew with a program. */
export function peakMemory(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  if (kilobytes === undefined) throw new Error('/proc/self/status does not say VmHWM')
  return Number(kilobytes) * 1024
}
