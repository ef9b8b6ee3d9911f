// Host: what differs between the doors: who we are, and dialogs where there are any.
import type { HostInfo } from './contract/system.ts'
import type { In } from '../services/io.ts'

export interface Host {
  info(): HostInfo
  /** Native dialog; null when cancelled or where the host has none. */
  pick(input: In['system']['pick']): Promise<readonly string[] | null>
}
