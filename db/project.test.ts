import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { LatheError, type ErrorKind } from '../engine/contract/errors.ts'
import { fill, newSample, tempFolder, tempProject } from '../test/support/project.ts'
import { Connection } from './connection.ts'
import { VERSION } from './migrations/index.ts'
import { createProject, openProject } from './project.ts'

const task = 'image-classification'
const sha = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')

function failure(body: () => unknown): LatheError {
  try {
    body()
  } catch (error) {
    if (error instanceof LatheError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

/** Opening fails with `kind`, says `text`, names the file, and changes not one byte of it. */
function refuses(path: string, kind: ErrorKind, text: RegExp): void {
  const before = existsSync(path) && statSync(path).isFile() ? sha(path) : null
  const error = failure(() => openProject(path, { timeout: 100 }))
  expect(error.message).toMatch(text)
  expect(error.kind).toBe(kind)
  expect(error.message).toContain(path)
  expect(error.message).not.toContain('\n')
  if (before !== null) expect(sha(path)).toBe(before)
}

/** A closed project with 20 samples, changed by raw SQL. */
function made(sql = ''): string {
  const project = tempProject('made.lathe')
  fill(project, 20, (i) => ({ className: String(i % 2) }))
  project.close()
  if (sql) {
    const db = new Database(project.path)
    db.unsafeMode(true)
    db.exec(sql)
    db.close()
  }
  return project.path
}

describe('create and open', () => {
  test('a new project is a WAL file with our id and version that says what it is', () => {
    const path = join(tempFolder(), 'Ziffern é.lathe')
    {
      using project = createProject(path, { task, licence: 'CC0' })
      expect(project.info()).toMatchObject({ path, name: 'Ziffern é', task, version: VERSION, samples: 0, labelled: 0, classes: 0, runs: 0, licence: 'CC0', readOnly: false })
    }
    using raw = { db: new Database(path), [Symbol.dispose]() { this.db.close() } }
    expect(raw.db.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(raw.db.pragma('application_id', { simple: true })).toBe(0x4c617468)
    using again = openProject(path)
    expect(again.info().name).toBe('Ziffern é')
  })

  test('every connection has the pragmas of the architecture', () => {
    const path = made()
    const seen = spawnSync(process.execPath, ['--input-type=module', '-e', `
      import { connect } from ${JSON.stringify(fileURLToPath(new URL('connect.ts', import.meta.url)))}
      const c = connect(${JSON.stringify(path)}, {})
      console.log(JSON.stringify(['journal_mode', 'foreign_keys', 'trusted_schema', 'synchronous', 'busy_timeout'].map((name) => c.pragma(name))))`], { encoding: 'utf8' })
    expect(seen.stdout.trim()).toBe('["wal",1,0,2,2000]')
  })

  test('an existing file is never overwritten', () => {
    const path = made()
    const before = sha(path)
    expect(failure(() => createProject(path, { task }))).toMatchObject({ kind: 'conflict' })
    expect(sha(path)).toBe(before)
  })

  test('creating in a folder that is missing, or failing half-way, leaves nothing', () => {
    const folder = tempFolder()
    expect(failure(() => createProject(join(folder, 'no', 'p.lathe'), { task }))).toMatchObject({ kind: 'not-found' })
    expect(() => createProject(join(folder, 'p.lathe'), { task: null as unknown as string })).toThrow()
    expect(readdirSync(folder)).toEqual([])
  })

  test('what was written is there after kill -9 of the writer', async () => {
    const project = tempProject()
    const [sample] = fill(project, 1)
    const cat = project.classes.add('cat')
    project.close()
    const child = spawn(process.execPath, ['--input-type=module', '-e', `
      import { openProject } from ${JSON.stringify(fileURLToPath(new URL('project.ts', import.meta.url)))}
      const project = openProject(${JSON.stringify(project.path)})
      project.labels.assign([${String(sample)}], ${cat.id})
      process.stdout.write('written')
      setInterval(() => {}, 1000)`], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    child.kill('SIGKILL')
    await once(child, 'exit')
    using again = openProject(project.path)
    expect(again.samples.get(sample!).class).toBe(cat.id)
    expect(again.labels.state().undo).toBe('label 1 sample as cat')
  })

  test('a link leads to the file and its log', () => {
    const path = made()
    const link = join(tempFolder(), 'link.lathe')
    symlinkSync(path, link)
    using owner = openProject(path)
    owner.classes.add('in the log')
    using project = openProject(link)
    expect(project.path).toBe(path)
    expect(project.info()).toMatchObject({ readOnly: false, classes: 3 })
  })

  test('two connections see what each other writes', () => {
    const one = tempProject()
    using two = openProject(one.path)
    fill(one, 3)
    two.classes.add('seen')
    expect(two.info().samples).toBe(3)
    expect(one.classes.list().map((entry) => entry.name)).toEqual(['seen'])
  })
})

describe('bad input', () => {
  test('missing', () => { refuses(join(tempFolder(), 'none.lathe'), 'not-found', /no project at/) })
  test('a folder', () => { refuses(tempFolder(), 'not-a-project', /is a folder/) })
  test('empty', () => {
    const path = join(tempFolder(), 'x.lathe')
    writeFileSync(path, '')
    refuses(path, 'not-a-project', /is empty/)
  })
  test('not SQLite', () => {
    const path = join(tempFolder(), 'x.lathe')
    writeFileSync(path, 'name,label\n'.repeat(100))
    refuses(path, 'not-a-project', /no SQLite database/)
  })
  test('cut short: within the header, and anywhere after it', () => {
    const whole = made()
    const size = statSync(whole).size
    for (const keep of [10, 60, 100, 4096, Math.floor(size / 2), size - 1]) {
      const path = join(tempFolder(), 'cut.lathe')
      copyFileSync(whole, path)
      truncateSync(path, keep)
      refuses(path, 'not-a-project', /cut short/)
    }
  })
  test("another program's database", () => {
    const path = join(tempFolder(), 'x.lathe')
    const db = new Database(path)
    db.exec('CREATE TABLE t (a); PRAGMA application_id = 7')
    db.close()
    refuses(path, 'not-a-project', /another program/)
  })
  test('a newer version, said with both numbers', () => {
    refuses(made('PRAGMA user_version = 99'), 'newer-version', new RegExp(`99.*up to ${VERSION}.*update Lathe`))
  })
  test('locked by another process, then free again', async () => {
    const path = made()
    const child = spawn(process.execPath, ['-e', `
      const db = new (require('better-sqlite3'))(${JSON.stringify(path)})
      db.pragma('locking_mode = EXCLUSIVE'); db.exec('BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS x (a)')
      process.stdout.write('locked'); setInterval(() => {}, 1000)`], { cwd: fileURLToPath(new URL('..', import.meta.url)), stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    refuses(path, 'locked', /locked by another program/)
    child.kill('SIGKILL')
    await once(child, 'exit')
    using project = openProject(path)
    expect(project.info().samples).toBe(20)
  })
  test('a page overwritten with noise', () => {
    const path = made()
    const bytes = readFileSync(path)
    for (let page = 2; page * 4096 < bytes.length; page += 3) bytes.fill(0xa5, page * 4096, page * 4096 + 2048)
    writeFileSync(path, bytes)
    refuses(path, 'corrupt', /is damaged.*check/)
  })

  test.each([
    ['a trigger', `CREATE TRIGGER evil AFTER INSERT ON annotations BEGIN DELETE FROM samples; END`, /trigger evil is not Lathe's/],
    ['a view in place of a table', `DROP TABLE settings; CREATE VIEW settings AS SELECT 1 AS key, 2 AS value`, /view settings is not Lathe's/],
    ['an extra table', `CREATE TABLE extra (a)`, /table extra is not/],
    ['a virtual table', `CREATE VIRTUAL TABLE words USING fts5(a)`, /table words/],
    ['a generated column', `DROP TABLE settings; CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT GENERATED ALWAYS AS (hex(zeroblob(100000000))) VIRTUAL)`, /table settings is not as Lathe makes it/],
    ['a CHECK that computes', `DROP TABLE settings; CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL CHECK (length(zeroblob(900000000)) > 0))`, /table settings is not as/],
    ['an index on an expression', `CREATE INDEX slow ON samples (length(zeroblob(1000000)))`, /index slow is not/],
    ['a journal without its guard', `DROP TRIGGER annotations_no_delete`, /trigger annotations_no_delete is missing/],
    ['a guard that was disarmed', `DROP TRIGGER annotations_no_delete; CREATE TRIGGER annotations_no_delete BEFORE DELETE ON annotations BEGIN SELECT 1; END`, /not as Lathe makes it/],
    ['a schema of thousands of tables', Array.from({ length: 1001 }, (_, i) => `CREATE TABLE t${i} (a);`).join(''), /too large/],
  ])('hostile schema: %s', (_name, sql, text) => {
    refuses(made(sql), 'not-a-project', text)
  })

  test('the leavings of ANALYZE are no attack', () => {
    using project = openProject(made('ANALYZE'))
    expect(project.info().samples).toBe(20)
  })

  test('disk full: the message says so, nothing is lost, and work goes on once there is room', () => {
    const path = made()
    const db = new Database(path)
    const pages = Number(db.pragma('page_count', { simple: true }))
    db.close()
    const connection = new Connection(path, { readOnly: false })
    connection.pragma(`max_page_count = ${pages + 2}`)
    const error = failure(() => { connection.transaction(() => { for (let i = 0; i < 100; i++) connection.run('INSERT INTO blobs (sha256, data) VALUES (?, ?)', [String(i), Buffer.alloc(5000)]) }) })
    expect(error).toMatchObject({ kind: 'disk-full' })
    expect(error.message).toContain(path)
    expect(connection.number('SELECT count(*) FROM blobs')).toBe(20)
    connection.pragma('max_page_count = 100000')
    connection.run('INSERT INTO blobs (sha256, data) VALUES (?, ?)', ['x', Buffer.alloc(5000)])
    connection.close()
    using project = openProject(path)
    expect(project.info().samples).toBe(20)
  })
})

describe('read-only', () => {
  test('asked for: reads, and every write refuses without changing anything', () => {
    const path = made()
    const before = sha(path)
    {
      using project = openProject(path, { readOnly: true })
      expect(project.info()).toMatchObject({ readOnly: true, samples: 20 })
      for (const write of [() => project.classes.add('x'), () => project.labels.undo(), () => project.samples.remove([1 as never]), () => project.imports.begin('x'), () => { project.rename('x') }, () => { project.settings.set('a', 1) }, () => project.samples.insertMany([newSample(99)], 1 as never)])
        expect(failure(write)).toMatchObject({ kind: 'read-only', message: expect.stringContaining(path) as string })
    }
    expect(sha(path)).toBe(before)
  })

  // Root may write anything, so a process without its rights opens the file.
  const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
  test.runIf(process.platform !== 'win32').each([
    ['the file', 0o444, 0o777],
    ['the folder', 0o666, 0o555],
    ['file and folder', 0o444, 0o555],
  ])('%s may not be written: opens read-only, with what the log still holds', (_name, file, folder) => {
    const path = made()
    const home = mkdtempSync(join(tmpdir(), 'lathe-ro-'))
    onTestFinished(() => {
      chmodSync(home, 0o777)
      rmSync(home, { recursive: true })
    })
    mkdirSync(join(home, 'p'))
    const copy = join(home, 'p', 'p.lathe')
    {
      using writer = openProject(path)
      writer.classes.add('in the log')
      copyFileSync(path, copy)
      copyFileSync(`${path}-wal`, `${copy}-wal`)
    }
    chmodSync(copy, file)
    chmodSync(`${copy}-wal`, file)
    chmodSync(home, 0o755)
    chmodSync(join(home, 'p'), folder)
    const before = sha(copy)
    // Compiled by the parent: the other user may not read this folder.
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', `
      import { openProject } from ${JSON.stringify(fileURLToPath(new URL('project.ts', import.meta.url)))}
      process.setgid?.(${nobody.gid ?? 'process.getgid()'}); process.setuid?.(${nobody.uid ?? 'process.getuid()'})
      const project = openProject(${JSON.stringify(copy)})
      let refused = ''
      try { project.classes.add('x') } catch (error) { refused = error.kind }
      console.log(JSON.stringify([project.info().readOnly, project.info().samples, project.classes.list().at(-1).name, refused]))
      project.close()`], { encoding: 'utf8' })
    expect(child.stderr).toBe('')
    expect(JSON.parse(child.stdout)).toEqual([true, 20, 'in the log', 'read-only'])
    expect(sha(copy)).toBe(before)
  })
})
