// cacheCompiled(): sources are stripped of their types and compiled once, not at every start.
import { enableCompileCache } from 'node:module'
import path from 'node:path'
import { rootFolder } from './paths.ts'

/** For what is imported from here on, and for Node processes started from this one. Nothing where the app runs from bundles. */
export function cacheCompiled(): void {
  if (!import.meta.url.endsWith('.ts')) return
  process.env['NODE_COMPILE_CACHE'] ??= path.join(rootFolder, 'node_modules', '.cache', 'compile')
  enableCompileCache(process.env['NODE_COMPILE_CACHE'])
}
