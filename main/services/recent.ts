// Recent projects: a JSON file in the app's data folder, newest first.
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { RecentProject } from '../api/contract/projects.ts'

const entry = z.object({ path: z.string(), name: z.string(), task: z.string(), samples: z.int(), openedAt: z.number(), thumbnails: z.array(z.int()) })
const file = z.object({ projects: z.array(entry) })
type Entry = z.infer<typeof entry>
const KEPT = 30

export class Recent {
  readonly #file: string
  #last: Promise<unknown> = Promise.resolve()

  constructor(dataFolder: string) {
    this.#file = path.join(dataFolder, 'recent.json')
  }

  async list(): Promise<readonly RecentProject[]> {
    return (await this.#read()).map((known) => ({ ...known, exists: existsSync(known.path) }))
  }

  add(project: Entry): Promise<void> {
    return this.#change((known) => [project, ...known.filter((other) => other.path !== project.path)].slice(0, KEPT))
  }

  remove(projectPath: string): Promise<void> {
    return this.#change((known) => known.filter((other) => other.path !== projectPath))
  }

  /** Resolves when nothing is left to write. */
  async settled(): Promise<void> {
    await this.#last
  }

  /** A missing or damaged list is an empty one: nothing of value is in it. */
  async #read(): Promise<readonly Entry[]> {
    try {
      return file.parse(JSON.parse(await readFile(this.#file, 'utf8'))).projects
    } catch {
      return []
    }
  }

  #change(how: (known: readonly Entry[]) => readonly Entry[]): Promise<void> {
    const write = async (): Promise<void> => {
      const projects = how(await this.#read())
      const draft = `${this.#file}.${process.pid}`
      await mkdir(path.dirname(this.#file), { recursive: true })
      await writeFile(draft, JSON.stringify({ projects }, null, 2))
      await rename(draft, this.#file)
    }
    const turn = this.#last.then(write)
    this.#last = turn.catch(() => undefined)
    return turn
  }
}
