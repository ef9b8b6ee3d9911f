// Project: open, create and close a project file; its repositories.
import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { LatheError } from '../engine/contract/errors.ts'
import { Connection } from './connection.ts'
import type { ProjectInfo } from './contract/records.ts'
import { APPLICATION_ID, assertHeader, projectFile, walBytes } from './header.ts'
import { assertIntegrity } from './integrity.ts'
import { migrate } from './migrate.ts'
import { VERSION } from './migrations/index.ts'
import { connect, type ConnectOptions } from './connect.ts'
import { Baselines } from './repos/baselines.ts'
import { Checkpoints } from './repos/checkpoints.ts'
import { Classes } from './repos/classes.ts'
import { Datasets } from './repos/datasets.ts'
import { Evaluations } from './repos/evaluations.ts'
import { Explanations } from './repos/explanations.ts'
import { Exports } from './repos/exports.ts'
import { Imports } from './repos/imports.ts'
import { LabelValues } from './repos/label-values.ts'
import { Labels } from './repos/labels.ts'
import { Metrics } from './repos/metrics.ts'
import { ModelFiles } from './repos/model-files.ts'
import { Predictions } from './repos/predictions.ts'
import { Queue } from './repos/queue.ts'
import { Runs } from './repos/runs.ts'
import { Samples } from './repos/samples.ts'
import { Settings } from './repos/settings.ts'
import { Snapshots } from './repos/snapshots.ts'
import { Suggestions } from './repos/suggestions.ts'
import { assertSchema } from './schema.ts'

export interface OpenOptions extends ConnectOptions {
  /** Check every page on open (default). The engine process skips it for a file that this host has just checked; the schema is always checked. */
  readonly verify?: boolean
}

export interface NewProject {
  readonly task: string
  /** The file's name without its extension when left out. */
  readonly name?: string
  readonly licence?: string | null
}

/** One connection to one project file. Everything is synchronous; whatever writes is durable when it returns. */
export class Project {
  readonly path: string
  readonly readOnly: boolean
  readonly classes: Classes
  readonly samples: Samples
  readonly labels: Labels
  readonly imports: Imports
  readonly datasets: Datasets
  readonly runs: Runs
  readonly metrics: Metrics
  readonly checkpoints: Checkpoints
  readonly evaluations: Evaluations
  readonly predictions: Predictions
  readonly explanations: Explanations
  readonly exports: Exports
  readonly settings: Settings
  readonly modelFiles: ModelFiles
  readonly baselines: Baselines
  readonly snapshots: Snapshots
  readonly suggestions: Suggestions
  readonly queue: Queue
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
    this.path = connection.path
    this.readOnly = connection.readOnly
    this.classes = new Classes(connection)
    const values = new LabelValues(connection, this.classes)
    this.labels = new Labels(connection, this.classes, values)
    this.samples = new Samples(connection, this.classes, this.labels, values)
    this.datasets = new Datasets(connection)
    this.imports = new Imports(connection)
    this.metrics = new Metrics(connection)
    this.checkpoints = new Checkpoints(connection)
    this.runs = new Runs(connection)
    this.predictions = new Predictions(connection)
    this.evaluations = new Evaluations(connection, this.predictions)
    this.explanations = new Explanations(connection)
    this.exports = new Exports(connection)
    this.settings = new Settings(connection)
    this.modelFiles = new ModelFiles(connection)
    this.baselines = new Baselines(connection)
    this.snapshots = new Snapshots(connection)
    this.suggestions = new Suggestions(connection, this.labels)
    this.queue = new Queue(connection)
  }

  info(): ProjectInfo {
    const row = this.#connection.get<{ name: string; task: string; licence: string | null; created_at: number }>('SELECT name, task, licence, created_at FROM project')
    if (!row) throw new LatheError('corrupt', `${this.path} holds no project record: restore a backup.`, { path: this.path })
    const { total, labelled } = this.samples.totals()
    return {
      path: this.path,
      name: row.name,
      task: row.task,
      version: Number(this.#connection.pragma('user_version')),
      createdAt: row.created_at,
      samples: total,
      labelled,
      classes: this.classes.count(),
      runs: this.runs.count(),
      bytes: (statSync(this.path, { throwIfNoEntry: false })?.size ?? 0) + walBytes(this.path),
      licence: row.licence,
      readOnly: this.readOnly,
    }
  }

  rename(name: string): void {
    this.#connection.transaction(() => this.#connection.run('UPDATE project SET name = ?', [name]))
  }

  /** All that `body` writes through any repository is one transaction. Keep it short. */
  transaction<T>(body: () => T): T {
    return this.#connection.transaction(body)
  }

  get open(): boolean {
    return this.#connection.open
  }

  close(): void {
    if (this.#connection.open) this.#connection.close()
  }

  [Symbol.dispose](): void {
    this.close()
  }
}

/** Opens a project, bringing it to this version. @throws LatheError `not-found`, `not-a-project`, `newer-version`, `locked`, `corrupt` or `read-only`; the file is never changed then. */
export function openProject(path: string, options: OpenOptions = {}): Project {
  const file = projectFile(path)
  assertHeader(file)
  const connection = connect(file, options)
  try {
    const version = Number(connection.pragma('user_version'))
    if (version < 1 || version > VERSION) throw new LatheError('newer-version', `${file} is of project version ${version}; this Lathe reads 1 to ${VERSION}: update Lathe to open it.`, { path: file, version, supported: VERSION })
    assertSchema(connection, version)
    if (options.verify ?? true) assertIntegrity(connection)
    if (version < VERSION) {
      if (connection.readOnly) throw new LatheError('read-only', `${file} was made by an older Lathe and must be brought to version ${VERSION} first, but it cannot be written: open a copy in a writable folder.`, { path: file, version })
      migrate(connection)
    }
    connection.pragma('busy_timeout = 5000')
    return new Project(connection)
  } catch (error) {
    connection.close()
    throw error
  }
}

/** Makes a new project file; nothing is left behind when that fails. @throws LatheError `conflict` when the file exists. */
export function createProject(path: string, { task, name, licence = null }: NewProject): Project {
  const file = resolve(path)
  const folder = dirname(file)
  if (existsSync(file)) throw new LatheError('conflict', `${file} exists already: choose another name, or remove it first.`, { path: file })
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new LatheError('not-found', `There is no folder ${folder} to make ${basename(file)} in: make the folder first.`, { path: file })
  const draft = `${file}.new-${process.pid}`
  try {
    const connection = new Connection(draft, { readOnly: false, mustExist: false })
    try {
      connection.pragma(`application_id = ${APPLICATION_ID}`)
      connection.pragma('journal_mode = WAL')
      connection.pragma('synchronous = FULL')
      migrate(connection)
      connection.transaction(() => connection.run('INSERT INTO project (id, name, task, licence, created_at) VALUES (1, ?, ?, ?, ?)', [name ?? basename(file).replace(/\.lathe$/i, ''), task, licence, Date.now()]))
    } finally {
      connection.close()
    }
    publish(draft, file)
  } finally {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(draft + suffix, { force: true })
  }
  return openProject(file, { verify: false })
}

/** Gives a finished draft its name, never over a file that has come there meanwhile. */
function publish(draft: string, file: string): void {
  try {
    linkSync(draft, file)
  } catch (error) {
    if (existsSync(file)) throw new LatheError('conflict', `${file} exists already: choose another name, or remove it first.`, { path: file }, { cause: error })
    renameSync(draft, file)
  }
  try {
    const folder = openSync(dirname(file), 'r')
    fsyncSync(folder)
    closeSync(folder)
  } catch {
    // Folders cannot be synced on every platform.
  }
}
