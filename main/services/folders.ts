// Where the app keeps its own things and new projects: LATHE_HOME, else the convention of the system.
import os from 'node:os'
import path from 'node:path'

export interface AppFolders {
  /** Recent list and other state of the app. */
  readonly dataFolder: string
  readonly projectsFolder: string
}

export function appFolders(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): AppFolders {
  const given = env['LATHE_HOME']
  if (given) return { dataFolder: path.resolve(given), projectsFolder: path.resolve(given, 'projects') }
  const home = os.homedir()
  const base = {
    darwin: path.join(home, 'Library', 'Application Support', 'Lathe'),
    win32: path.join(env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming'), 'Lathe'),
    other: path.join(env['XDG_DATA_HOME'] ?? path.join(home, '.local', 'share'), 'lathe'),
  }
  return { dataFolder: platform === 'darwin' || platform === 'win32' ? base[platform] : base.other, projectsFolder: path.join(home, 'Lathe') }
}
