// imageFinder: the image that a label file means, where its paths follow the habits of data sets rather than the disk.
import { posix } from 'node:path'
import type { Tree, TreeEntry } from './tree.ts'

/** Looks beside the label file, in images/ there and above, and last for the only file of that name. Never leaves the tree. */
export function imageFinder(tree: Tree): (folder: string, name: string) => TreeEntry | undefined {
  let byName: Map<string, TreeEntry | null> | null = null
  const only = (name: string): TreeEntry | undefined => {
    if (!byName) {
      byName = new Map()
      for (const entry of tree.entries) {
        const base = posix.basename(entry.path)
        byName.set(base, byName.has(base) ? null : entry)
      }
    }
    return byName.get(name) ?? undefined
  }
  return (folder, name) => {
    const path = posix.normalize(name.replaceAll('\\', '/'))
    const places = [posix.join(folder, path), posix.join(folder, 'images', path), posix.join(folder, '..', path), posix.join(folder, '..', 'images', path), path]
    for (const place of places) {
      const found = place.startsWith('..') || place.startsWith('/') ? undefined : tree.find(place)
      if (found) return found
    }
    return only(posix.basename(path))
  }
}
