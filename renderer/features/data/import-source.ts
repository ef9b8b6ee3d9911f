// What was chosen for import, in short, and whether its split shares make sense; before anything is read.
import type { PickedFile } from '../../bridge/files.ts'
import { count } from '../../ui/format.ts'

export interface Outline {
  readonly bytes: number
  /** "1,200 png, 3 txt", most first. */
  readonly kinds: string
  /** First folders of the files: the classes, when it is a folder of classes. */
  readonly folders: readonly string[]
}

export function outline(files: readonly Pick<PickedFile, 'relative' | 'file'>[]): Outline {
  const kinds = new Map<string, number>()
  const folders = new Set<string>()
  let bytes = 0
  for (const { file, relative } of files) {
    bytes += file.size
    const dot = relative.lastIndexOf('.')
    const kind = dot > relative.lastIndexOf('/') + 1 ? relative.slice(dot + 1).toLowerCase() : 'without ending'
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    const cut = relative.lastIndexOf('/')
    if (cut > 0) folders.add(relative.slice(0, cut))
  }
  const listed = [...kinds].sort((a, b) => b[1] - a[1]).map(([kind, number]) => `${count(number)} ${kind}`)
  return { bytes, kinds: listed.length > 6 ? `${listed.slice(0, 6).join(', ')} …` : listed.join(', '), folders: [...folders].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })) }
}

/** Shares in percent of train, val and test; null when they can be used. */
export function ratioProblem(ratio: readonly [number, number, number]): string | null {
  if (ratio.some((share) => !Number.isFinite(share) || share < 0)) return 'Each share must be 0 or more.'
  const sum = ratio.reduce((total, share) => total + share, 0)
  if (Math.abs(sum - 100) > 1e-6) return `The shares must add up to 100 %; they add up to ${Number(sum.toFixed(2))} %.`
  return ratio[0] > 0 ? null : 'Training needs a share above 0.'
}
