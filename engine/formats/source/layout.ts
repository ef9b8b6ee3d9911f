// Folder layout: which part of a path is the class, and which a split.
import { claimedFormat } from '../../data/sniff.ts'
import type { Split } from '../../contract/recipe.ts'

const SPLIT_FOLDERS = new Map<string, Split>([
  ['train', 'train'],
  ['training', 'train'],
  ['val', 'val'],
  ['valid', 'val'],
  ['validation', 'val'],
  ['test', 'test'],
  ['testing', 'test'],
])

export interface Placed {
  readonly className: string | null
  readonly split: Split | null
}

/**
 * Reads classes off paths, as torchvision's ImageFolder does: the first folder is the class, deeper folders belong to it.
 * Folders that merely wrap everything are passed over, and `train/`, `val/`, `test/` above the classes give the split.
 * Files beside the class folders have no class. `isSample`: the paths that decide, images where left out.
 */
export function folderLayout(paths: readonly string[], isSample: (path: string) => boolean = (path) => claimedFormat(path) !== null): (path: string) => Placed {
  const found = paths.filter(isSample)
  const deciding = (found.length > 0 ? found : paths).map((p) => p.split('/'))
  let skip = 0
  while (deciding.length > 0 && !splitsAt(deciding, skip) && wrapsAll(deciding, skip)) skip++
  const bySplit = splitsAt(deciding, skip)
  return (path) => {
    const parts = path.split('/').slice(skip)
    const split = bySplit ? (SPLIT_FOLDERS.get((parts[0] ?? '').toLowerCase()) ?? null) : null
    const folders = parts.slice(bySplit ? 1 : 0, -1)
    return { className: folders[0] ?? null, split }
  }
}

/** True where every path goes through one same folder at `depth` and then another one. */
function wrapsAll(paths: readonly (readonly string[])[], depth: number): boolean {
  const first = paths[0]?.[depth]
  return paths.every((p) => p.length >= depth + 3 && p[depth] === first)
}

function splitsAt(paths: readonly (readonly string[])[], depth: number): boolean {
  if (!paths.every((p) => p.length >= depth + 2 && SPLIT_FOLDERS.has((p[depth] ?? '').toLowerCase()))) return false
  return new Set(paths.map((p) => p[depth])).size >= 2 || paths.some((p) => p.length >= depth + 3)
}
