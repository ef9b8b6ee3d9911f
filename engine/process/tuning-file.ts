// What was measured to be the fastest form of training steps on this machine: a JSON file in the app's data folder.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { Tuning } from '../train/form.ts'
import type { Form } from '../train/compile-step.ts'

const form = z.object({ layout: z.int().min(0), workers: z.int().min(1), threads: z.int().min(1).nullable() })
const file = z.object({ forms: z.record(z.string(), form) })

/** Choices kept; the oldest go first. */
const KEPT = 500

export class TuningFile implements Tuning {
  readonly #file: string

  constructor(path: string) {
    this.#file = path
  }

  get(key: string): Form | undefined {
    return this.#read()[key]
  }

  /** A file that cannot be written costs another measurement, and no run. */
  set(key: string, chosen: Form): void {
    const forms = Object.fromEntries([...Object.entries(this.#read()).filter(([known]) => known !== key), [key, chosen] as const].slice(-KEPT))
    const draft = `${this.#file}.${process.pid}`
    try {
      mkdirSync(path.dirname(this.#file), { recursive: true })
      writeFileSync(draft, JSON.stringify({ forms }, null, 2))
      renameSync(draft, this.#file)
    } catch {
      return
    }
  }

  /** A missing or damaged file is an empty one: nothing of value is in it. */
  #read(): Readonly<Record<string, Form>> {
    try {
      return file.parse(JSON.parse(readFileSync(this.#file, 'utf8'))).forms
    } catch {
      return {}
    }
  }
}
