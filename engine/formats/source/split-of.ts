// splitOf: the split that a folder of a path names.
import type { Split } from '../../contract/recipe.ts'

export function splitOf(path: string): Split | null {
  for (const part of path.toLowerCase().split('/').slice(0, -1)) {
    if (/^train(ing)?$/.test(part)) return 'train'
    if (/^val(id(ation)?)?$/.test(part)) return 'val'
    if (/^test(ing)?$/.test(part)) return 'test'
  }
  return null
}
