// Size and place of the window, kept in window.json; a file that makes no sense is as none.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const bounds = z.object({ x: z.int(), y: z.int(), width: z.int().min(640).max(20_000), height: z.int().min(400).max(20_000) })
const windowState = z.object({ bounds, maximized: z.boolean() })
export type Bounds = z.infer<typeof bounds>
export type WindowState = z.infer<typeof windowState>

/** Null when there is none, or when its middle is on none of the screens (`areas`). */
export function readWindowState(file: string, areas: readonly Bounds[]): WindowState | null {
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
  const { data } = windowState.safeParse(json)
  if (!data) return null
  const x = data.bounds.x + data.bounds.width / 2
  const y = data.bounds.y + Math.min(40, data.bounds.height / 2)
  const seen = areas.some((area) => x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height)
  return seen ? data : null
}

/** Whole or not at all; a folder that cannot be written costs only the memory of the place. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(`${file}.tmp`, JSON.stringify(state))
    renameSync(`${file}.tmp`, file)
  } catch (error) {
    console.error(`the window's place was not kept in ${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
