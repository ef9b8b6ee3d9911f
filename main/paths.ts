// Where things are: folders of the installation (from source or built) and of the user.
import { homedir } from 'node:os'
import path from 'node:path'

const here = import.meta.dirname
/** False when run from the TypeScript sources, true inside `dist/<bundle>/`. */
export const built = import.meta.filename.endsWith('.js')

/** The folder of package.json. */
export const rootFolder = path.resolve(here, built ? '../..' : '..')
const dist = path.join(rootFolder, 'dist')
/** The built page that both hosts serve. */
export const rendererFolder = path.join(dist, 'renderer')
/** The engine process to fork: its source needs no build when main itself runs from source. */
export const engineEntry = built ? path.join(dist, 'engine', 'process.js') : path.join(rootFolder, 'engine', 'process.ts')
/** Assets of the built-in samples, one folder each. */
export const samplesFolder = built ? path.join(dist, 'samples') : path.join(rootFolder, 'engine', 'samples')

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly home: string
}
const ours = (): Surroundings => ({ env: process.env, platform: process.platform, home: homedir() })

/** Folder of settings, recent projects and window state: `LATHE_HOME`, else what the system has for it. */
export function latheHome({ env, platform, home }: Surroundings = ours()): string {
  const { join, resolve, isAbsolute } = platform === 'win32' ? path.win32 : path.posix
  if (env['LATHE_HOME']) return resolve(env['LATHE_HOME'])
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Lathe')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Lathe')
  const data = env['XDG_DATA_HOME']
  // The XDG specification has relative paths ignored.
  return join(data && isAbsolute(data) ? data : join(home, '.local', 'share'), 'lathe')
}

/** Folder where new projects go unless told otherwise: `LATHE_PROJECTS`, else `Lathe` in the home folder. */
export function projectsFolder({ env, platform, home }: Surroundings = ours()): string {
  const { join, resolve } = platform === 'win32' ? path.win32 : path.posix
  return env['LATHE_PROJECTS'] ? resolve(env['LATHE_PROJECTS']) : join(home, 'Lathe')
}
