// access: whether a project can be written, found without writing to it.
import { accessSync, closeSync, constants, openSync } from 'node:fs'
import { dirname } from 'node:path'

/** True when the file can be opened for writing and files (the log and its index) can be made beside it. */
export function canWrite(path: string): boolean {
  return canWriteFile(path) && canWriteFolder(path)
}

export function canWriteFolder(path: string): boolean {
  try {
    accessSync(dirname(path), constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Opens for writing without truncating: tells permissions, immutable flags and read-only disks alike. */
function canWriteFile(path: string): boolean {
  try {
    closeSync(openSync(path, 'r+'))
    return true
  } catch {
    return false
  }
}
