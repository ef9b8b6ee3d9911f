// Where the files of the built-in samples lie: beside this file in the source, under dist/samples/ in the built app.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { LatheError } from '../contract/errors.ts'

/** A name of its own, so that bundlers do not take the URLs below for assets to copy. */
const here = import.meta.url

/**
 * Absolute path of `file` of sample `id`.
 * In the source this module is engine/samples/assets.ts; in the built app its code stands in dist/engine/*.js or dist/main/*.js.
 */
export function samplePath(id: string, file: string): string {
  const places = [new URL(`./${id}/${file}`, here), new URL(`../samples/${id}/${file}`, here)].map((url) => fileURLToPath(url))
  const found = places.find((path) => existsSync(path))
  if (found === undefined) throw new LatheError('not-found', `file '${file}' of the built-in sample '${id}' is missing; looked for ${places.join(' and ')}. Install Lathe again, or run npm run build`)
  return found
}
