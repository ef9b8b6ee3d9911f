// Folders of the installation, run from source or built.
import path from 'node:path'

const here = import.meta.dirname
/** False when run from the TypeScript sources, true inside `dist/<bundle>/`. */
export const built = import.meta.filename.endsWith('.js')

/** The folder of package.json. */
export const rootFolder = path.resolve(here, built ? '../..' : '..')
const dist = path.join(rootFolder, 'dist')
/** The built page that both hosts serve. */
export const rendererFolder = path.join(dist, 'renderer')
/** The built preload of Electron's window. */
export const preloadFile = path.join(dist, 'preload', 'preload.cjs')
/** The engine process to fork: its source needs no build when main itself runs from source. */
export const engineEntry = built ? path.join(dist, 'engine', 'process.js') : path.join(rootFolder, 'engine', 'process.ts')
/** Assets of the built-in samples, one folder each. */
export const samplesFolder = built ? path.join(dist, 'samples') : path.join(rootFolder, 'engine', 'samples')
