import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { config, fill, newSample, tempFolder, tempProject } from '../test/support/project.ts'
import { checkProject } from './check.ts'
import { openProject } from './project.ts'

function made(sql = ''): string {
  const project = tempProject()
  fill(project, 6, (i) => ({ className: String(i % 2), split: 'train' }))
  const run = project.runs.create({ config, dataset: project.datasets.freeze().id })
  project.checkpoints.save(run.id, { kind: 'last', epoch: 1, step: 1, metrics: {}, weightsHash: 'w' }, { parameters: [], weights: Float32Array.of(1, 2), optimizer: {}, position: {} })
  project.close()
  if (sql) {
    const db = new Database(project.path)
    db.exec(sql)
    db.close()
  }
  return project.path
}

test('a sound project has no problems, and checking changes nothing', () => {
  const path = made()
  const before = readFileSync(path)
  expect(checkProject(path)).toEqual({ ok: true, problems: [], repaired: [] })
  expect(readFileSync(path).equals(before)).toBe(true)
})

test.each([
  ['bytes changed', `UPDATE blobs SET data = x'00' WHERE rowid = 2`, /blobs: the bytes of .* are damaged/],
  ['bytes gone', `DELETE FROM blobs WHERE rowid = 1`, /samples: the bytes of 1 are missing/],
  ['labels that the journal does not give', `UPDATE samples SET class = NULL WHERE id < 3`, /labels: 2 samples/],
  ['a manifest', `UPDATE dataset_versions SET hash = 'x'`, /Dataset version 1 .* damaged/],
  ['weights', `UPDATE checkpoint_tensors SET data = x'00000000'`, /tensor weights of the last checkpoint of run 1/],
  ['a row of nothing', `PRAGMA foreign_keys = OFF; UPDATE runs SET dataset = 9`, /runs: rows that belong to nothing/],
  ['orphan bytes', `INSERT INTO blobs VALUES ('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', x'')`, /blobs: 1 belong to no sample/],
])('finds %s', (_name, sql, text) => {
  const report = checkProject(made(sql))
  expect(report.ok).toBe(false)
  expect(report.problems.join('\n')).toMatch(text)
  expect(report.problems).toHaveLength(1)
})

test('files used by reference that are gone are named', () => {
  const project = tempProject()
  const there = join(tempFolder(), 'there.png')
  writeFileSync(there, 'x')
  const id = project.imports.begin('x')
  project.samples.insertMany([newSample(1, { ref: there }), newSample(2, { ref: '/nowhere/2.png' })], id)
  project.close()
  expect(checkProject(project.path).problems).toEqual([expect.stringContaining('1 files that are used by reference are gone, the first is /nowhere/2.png')])
})

test('repair keeps a copy, makes labels and indexes again, drops what nothing names', () => {
  const path = made(`UPDATE samples SET class = NULL WHERE id < 3; INSERT INTO blobs VALUES ('x', x'')`)
  const report = checkProject(path, { repair: true })
  expect(report).toMatchObject({ ok: true, problems: [] })
  expect(report.repaired).toEqual([expect.stringContaining('.before-repair'), 'made 2 labels again from the journal', 'removed 1 blobs that no sample names'])
  expect(existsSync(`${path}.before-repair`)).toBe(true)
  using project = openProject(path)
  expect(project.samples.totals()).toEqual({ total: 6, labelled: 6 })
})

test('a damaged index is found by the full check and made again by repair', () => {
  const path = made()
  const db = new Database(path)
  const page = Number(db.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'samples_name'`).pluck().get())
  db.close()
  const bytes = readFileSync(path)
  // Cell contents at the page's end: change a letter of an indexed name.
  const at = bytes.lastIndexOf('sample 0', page * 4096)
  expect(at).toBeGreaterThan((page - 1) * 4096)
  bytes.write('simple 0', at)
  writeFileSync(path, bytes)
  expect(checkProject(path).problems.join('\n')).toMatch(/samples_name/)
  const report = checkProject(path, { repair: true })
  expect(report.repaired).toContain('made all indexes again')
  expect(report.ok).toBe(true)
})

test('what is no project is an error, not a report', () => {
  expect(() => checkProject(join(tempFolder(), 'none.lathe'))).toThrow(/no project at/)
  expect(() => checkProject(made('CREATE TABLE extra (a)'))).toThrow(/extra is not Lathe's/)
})
