// Every migration is run on a file of the version before it, with rows in every table.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { config, tempFolder } from '../../test/support/project.ts'
import { Connection } from '../connection.ts'
import { APPLICATION_ID } from '../header.ts'
import { migrate } from '../migrate.ts'
import { openProject } from '../project.ts'
import { assertSchema } from '../schema.ts'
import { migrations, VERSION } from './index.ts'

/** Rows of version 1; a later migration that adds a table adds its rows here, after its number. */
const rows: Readonly<Record<number, string>> = {
  1: `
    INSERT INTO project VALUES (1, 'old', 'image-classification', 'CC0', 1000);
    INSERT INTO settings VALUES ('grid', '{"size":96}');
    INSERT INTO imports VALUES (1, 1000, 'folder', 'h/1/1', '{"import":1,"read":2,"stored":2,"skipped":[],"labelled":1,"duplicates":0,"seconds":1}', NULL);
    INSERT INTO classes VALUES (1, 'Ä', 0, 1, NULL), (2, 'b', 1, NULL, 2000);
    INSERT INTO blobs VALUES ('aa', x'01'), ('bb', x'02');
    INSERT INTO samples VALUES (1, 'Ärger/ONE.png', 'aa', NULL, 1, 'image/png', 8, 8, 1, 'train', 1, 1, 1, NULL), (2, 'two.png', 'bb', NULL, 1, 'image/png', 8, 8, 1, NULL, 1, NULL, 0, NULL);
    INSERT INTO edits VALUES (1, 'person', 'label 1 sample as Ä', NULL, 'done', 1500);
    INSERT INTO annotations VALUES (1, 1, 1, NULL, 1);
    INSERT INTO dataset_versions VALUES (1, 'h', 1000, '{"train":1,"val":0,"test":0}', '[{"id":1,"name":"Ä"}]', x'00');
    INSERT INTO runs VALUES (1, 'r', 'finished', '${JSON.stringify(config)}', 1, NULL, NULL, 1000, 1000, 1000, 2000, 1.5, 2, 10, 7, 'w', NULL);
    INSERT INTO metrics VALUES (1, 10, 'val/accuracy', 1, 0.5, 1000);
    INSERT INTO latest_metrics VALUES (1, 'val/accuracy', 10, 0.5);
    INSERT INTO checkpoints VALUES (1, 1, 'best', 1, 10, '{"val/accuracy":0.5}', 'w', 1000, '[]', '{}', 0);
    INSERT INTO checkpoint_tensors VALUES (1, 'weights', 'x', x'00000000');
    INSERT INTO evaluations VALUES (1, 1, 1, 'test', 1, '{}', '{}', '[]', '[]', 1000);
    INSERT INTO predictions VALUES (1, 1, 1, 0, 0, 1, 0.9, 0.1, x'0000803f');
    INSERT INTO explanations VALUES (1, 1, 1, 'gradient', 0, 1, 1, x'00000000', '{}', 1000);
    INSERT INTO exports VALUES (1, 1, '/m.onnx', 10, 18, 's', '{}', '{}', 1000);`,
  3: `
    INSERT INTO label_values VALUES (1, 'cc', 'boxes', '{"kind":"boxes","boxes":[{"class":1,"x":0,"y":0,"width":1,"height":1}]}');
    INSERT INTO label_classes VALUES (1, 1);`,
  4: `INSERT INTO model_files VALUES ('dd', 'm.onnx', x'01', 1000);`,
  5: `
    INSERT INTO baselines VALUES (1, 1, 1, 'test', '{}', 1000);
    INSERT INTO snapshots VALUES (1, 1, 2, 'ee', '[]', 'ff', x'00');`,
  6: `
    INSERT INTO suggestions VALUES (2, 1, 1, 0.97, 0, 1000);
    INSERT INTO queued VALUES (2, 0, 0.6, 'a at 40 %, b at 39 %', 'uncertainty', 1);
    INSERT INTO pseudo_labels VALUES (1, 2, 0, 0.97);`,
}

/** A file of `version` with rows in every table it has. */
function old(version: number): Connection {
  const connection = new Connection(join(tempFolder(), 'old.lathe'), { readOnly: false, mustExist: false })
  onTestFinished(() => { connection.close() })
  connection.pragma(`application_id = ${APPLICATION_ID}`)
  connection.pragma('journal_mode = WAL')
  for (let at = 1; at <= version; at++) {
    migrate(connection, at)
    connection.exec(rows[at] ?? '')
  }
  return connection
}

const tables = (connection: Connection): string[] => connection.column<string>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
const dump = (connection: Connection): Record<string, object[]> => Object.fromEntries(tables(connection).map((name) => [name, connection.all<object>(`SELECT * FROM "${name}"`)]))

test('migrations are numbered as they run', () => {
  const files = readdirSync(fileURLToPath(new URL('.', import.meta.url))).filter((name) => /^\d/.test(name)).map((name) => name.replace('.ts', ''))
  expect(migrations.map(({ name }) => name)).toEqual(files.sort())
  expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(files.map((_, i) => i + 1))
})

test('the fixture has rows in every table', () => {
  for (const [table, found] of Object.entries(dump(old(VERSION)))) expect(found.length, table).toBeGreaterThan(0)
})

describe.each(migrations.map(({ name }, i) => [name, i + 1] as const).slice(1))('%s', (_name, version) => {
  test('keeps every row and value of the version before', () => {
    const connection = old(version - 1)
    const before = dump(connection)
    migrate(connection, version)
    expect(dump(connection)).toMatchObject(before)
    expect(connection.pragma('user_version')).toBe(version)
    assertSchema(connection, version)
    expect(connection.pragmaRows('foreign_key_check')).toEqual([])
  })

  test('is all or nothing', () => {
    const connection = old(version - 1)
    connection.pragma('foreign_keys = OFF')
    connection.run('INSERT INTO annotations (edit, sample) VALUES (77, 77)')
    const before = dump(connection)
    expect(() => { migrate(connection, version) }).toThrow(/belong to nothing.*unchanged/)
    expect(connection.pragma('user_version')).toBe(version - 1)
    expect(dump(connection)).toEqual(before)
    expect(connection.pragma('foreign_keys')).toBe(1)
    assertSchema(connection, version - 1)
  })
})

test('openProject brings a file of version 1 to today; old samples can be searched, runs read', () => {
  const connection = old(1)
  connection.close()
  using project = openProject(connection.path)
  expect(project.info()).toMatchObject({ version: VERSION, name: 'old', samples: 2, labelled: 1, classes: 1, runs: 1 })
  expect(project.samples.ids({ search: 'ärger/one' })).toEqual([1])
  expect(project.runs.list()[0]).toMatchObject({ name: 'r', metrics: { 'val/accuracy': 0.5, 'best/val/accuracy': 0.5 } })
  expect(project.labels.state().undo).toBe('label 1 sample as Ä')
})

test('an old file that cannot be written is not half-opened', () => {
  const connection = old(1)
  connection.close()
  expect(() => openProject(connection.path, { readOnly: true })).toThrow(/older Lathe.*cannot be written/)
})

test('pages, search and predictions of the grid come from indexes', () => {
  const connection = old(VERSION)
  const plan = (sql: string): string => connection.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).map((row) => row.detail).join('; ')
  expect(plan('SELECT count(*), count(coalesce(class, label)) FROM samples WHERE removed_at IS NULL')).toContain('COVERING INDEX samples_labelled')
  expect(plan('SELECT s.id FROM samples s WHERE s.removed_at IS NULL AND s.class = 1 AND s.split = 1 ORDER BY s.id')).toMatch(/COVERING INDEX samples_grid \(removed_at=\? AND class=\? AND split=\?\)$/)
  expect(plan('SELECT s.id FROM samples s WHERE s.removed_at IS NULL ORDER BY s.search, s.id LIMIT 10')).toMatch(/COVERING INDEX samples_name \(removed_at=\?\)$/)
  expect(plan('SELECT p.sample FROM predictions p WHERE p.run = 1 AND p.class = 2')).toContain('predictions_class')
})
