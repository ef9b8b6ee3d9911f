import { describe, expect, test } from 'vitest'
import type { ClassId, ImportId, RunId, SampleId } from '../../engine/contract/ids.ts'
import { config, fill, newSample, report, tempProject } from '../../test/support/project.ts'
import type { Project } from '../project.ts'

const splits = ['train', 'val', 'test'] as const

/** 30 samples of classes 0 to 2, split in turn, with a run that predicts class 0 for all. */
function evaluated(): { project: Project; ids: SampleId[]; run: RunId } {
  const project = tempProject()
  const ids = fill(project, 30, (i) => ({ className: String(i % 3), name: `${i % 2 ? 'Über' : 'unter'}/img_${String(i).padStart(2, '0')}.png` }))
  project.samples.setSplits(ids.map((id, i) => [id, splits[i % 3]!] as const))
  const dataset = project.datasets.freeze()
  const run = project.runs.create({ config, dataset: dataset.id }).id
  const { id: checkpoint } = project.checkpoints.save(run, { kind: 'best', epoch: 1, step: 1, metrics: {}, weightsHash: 'w' }, { parameters: [], weights: new Float32Array(1), optimizer: {}, position: {} })
  for (const split of splits) {
    const entries = project.datasets.manifest(dataset.id).filter((entry) => entry.split === split)
    project.evaluations.save(
      { run, checkpoint, split, samples: entries.length, metrics: { [`${split}/accuracy`]: 1 / 3 }, intervals: {}, classes: dataset.classes.map(({ id, name }) => ({ id, name, precision: 0, recall: 0, f1: 0, support: 0 })), confusion: [] },
      entries.map(({ sample, label }) => ({ sample, split, predicted: 0, label, probability: 0.5 + sample / 100, probabilities: Float32Array.of(0.5 + sample / 100, 0, 0), loss: sample / 10, correct: label === 0, output: null })),
    )
  }
  return { project, ids, run }
}

describe('samples', () => {
  test('come back as stored, bytes included; equal bytes are stored once', () => {
    const project = tempProject()
    const id = project.imports.begin('x')
    const stored = project.samples.insertMany([newSample(1, { className: '<script>alert(1)</script>', split: 'val' }), newSample(1), newSample(2, { ref: '/data/2.png' })], id)
    project.imports.finish(id, report(3))
    expect(project.samples.get(stored[0]!)).toMatchObject({ name: 'sample 1.png', split: 'val', import: id, class: project.classes.byName('<script>alert(1)</script>')?.id, ref: null, prediction: null })
    expect(project.samples.data(stored[0]!)).toEqual({ data: Buffer.from('bytes of sample 1'), ref: null, mime: 'image/png' })
    expect(project.samples.data(stored[2]!)).toEqual({ data: null, ref: '/data/2.png', mime: 'image/png' })
    expect(project.samples.duplicates()).toEqual([{ sha256: newSample(1).sha256, ids: [stored[0], stored[1]] }])
    expect(project.samples.known([newSample(2).sha256, newSample(3).sha256])).toEqual(new Set([newSample(2).sha256]))
    expect(() => project.samples.get(99 as SampleId)).toThrow(/no sample 99/)
  })

  test('bytes that do not give their hash are refused, with all their batch', () => {
    const project = tempProject()
    const id = project.imports.begin('x')
    expect(() => project.samples.insertMany([newSample(1), { ...newSample(2), sha256: newSample(3).sha256 }], id)).toThrow(/sample 2\.png have SHA-256/)
    expect(project.samples.totals().total).toBe(0)
  })

  test('every filter and order agrees with filtering and sorting in plain code', () => {
    const { project, ids, run } = evaluated()
    project.labels.assign(ids.slice(0, 4), null)
    project.samples.remove([ids[29]!])
    const all = project.samples.many(ids.slice(0, 29), run)
    const classes = project.classes.list().map((entry) => entry.id)
    const filters = [
      [{}, () => true],
      [{ class: classes[1]! }, (row: (typeof all)[0]) => row.class === classes[1]],
      [{ class: 'none' as const }, (row: (typeof all)[0]) => row.class === null],
      [{ split: 'test' as const, labelled: true }, (row: (typeof all)[0]) => row.split === 'test' && row.class !== null],
      [{ split: 'none' as const }, () => false],
      [{ labelled: false }, (row: (typeof all)[0]) => row.class === null],
      [{ search: 'üBER/IMG_1' }, (row: (typeof all)[0]) => row.name.startsWith('Über/img_1')],
      [{ search: '%' }, () => false],
      [{ import: 1 as ImportId, run, wrong: true }, (row: (typeof all)[0]) => row.class !== null && row.class !== classes[0]],
      [{ run, wrong: false }, (row: (typeof all)[0]) => row.class === classes[0]],
      [{ run, predicted: classes[0]!, class: classes[2]! }, (row: (typeof all)[0]) => row.class === classes[2]],
      [{ run, predicted: classes[1]! }, () => false],
    ] as const
    const keys = {
      id: (row: (typeof all)[0]) => row.id as number,
      name: (row: (typeof all)[0]) => row.name.toLowerCase(),
      class: (row: (typeof all)[0]) => (row.class === null ? null : classes.indexOf(row.class)),
      loss: (row: (typeof all)[0]) => row.prediction?.loss ?? null,
      confidence: (row: (typeof all)[0]) => row.prediction?.probability ?? null,
    }
    for (const [filter, keep] of filters)
      for (const order of ['id', 'name', 'class', 'loss', 'confidence'] as const)
        for (const descending of [false, true]) {
          const withRun = order === 'loss' || order === 'confidence' ? { ...filter, run } : filter
          const expected = all.filter(keep).sort((a, b) => {
            const [x, y] = [keys[order](a), keys[order](b)]
            if (x === null || y === null) return Number(x === null) - Number(y === null) || a.id - b.id
            const way = x < y ? -1 : x > y ? 1 : 0
            return way === 0 ? a.id - b.id : descending ? -way : way
          })
          const want = expected.map((row) => row.id)
          expect(project.samples.ids(withRun, order, descending), JSON.stringify([withRun, order, descending])).toEqual(want)
          const page = project.samples.list(withRun, order, descending, 2, 5)
          expect(page.rows.map((row) => row.id)).toEqual(want.slice(2, 7))
          expect(page.total).toBe(want.length)
        }
    expect(() => project.samples.ids({}, 'loss')).toThrow(/only with a run/)
  })

  test('counts, splits, leaks, removal and restoring', () => {
    const project = tempProject()
    const ids = fill(project, 6, (i) => ({ className: i < 4 ? 'a' : null, data: Buffer.from(i === 5 ? 'same' : i === 0 ? 'same' : String(i)) }))
    expect(project.samples.setSplits([[ids[0]!, 'train'], [ids[1]!, 'train'], [ids[5]!, 'test']])).toBe(3)
    expect(project.samples.setSplits([[ids[0]!, 'train'], [ids[1]!, null]])).toBe(1)
    expect(project.samples.counts()).toEqual({ total: 6, labelled: 4, byClass: [{ class: 1, count: 4 }], bySplit: { train: 1, val: 0, test: 1, none: 4 } })
    expect(project.samples.leaks()).toBe(2)
    expect(project.samples.remove([ids[5]!, ids[5]!, 999 as SampleId])).toBe(1)
    expect(project.samples.leaks()).toBe(0)
    expect(project.samples.totals()).toEqual({ total: 5, labelled: 4 })
    expect(project.samples.restore([ids[5]!])).toBe(1)
    expect(project.samples.totals().total).toBe(6)
  })

  test('100,000 samples: pages at any depth, counts, ids and a label', () => {
    const project = tempProject()
    const id = project.imports.begin('big')
    const batch = (from: number, count: number): SampleId[] => project.samples.insertMany(Array.from({ length: count }, (_, i) => newSample(from + i, { className: String((from + i) % 10), split: splits[i % 3]! })), id)
    for (let at = 0; at < 100_000; at += 5000) batch(at, 5000)
    project.imports.finish(id, report(100_000))
    const classId = project.classes.list()[3]!.id
    expect(project.samples.list({}, 'id', false, 0, 200).rows).toHaveLength(200)
    expect(project.samples.list({}, 'name', true, 99_800, 200).rows).toHaveLength(200)
    expect(project.samples.list({ class: classId, split: 'val' }, 'id', false, 3000, 200).rows).toHaveLength(200)
    expect(project.samples.counts()).toMatchObject({ total: 100_000, labelled: 100_000 })
    expect(project.samples.ids({}, 'id')).toHaveLength(100_000)
    project.labels.assign([5 as SampleId], classId)
    expect(project.samples.get(5 as SampleId).class).toBe(classId)
  })
})

describe('imports', () => {
  test('undo takes an import whole, keeps what others need, and can be said once', () => {
    const project = tempProject()
    const first = fill(project, 3, (i) => ({ className: i === 0 ? 'kept' : null }))
    const second = project.imports.begin('/data/cats')
    const mine = project.samples.insertMany([newSample(0, { className: 'kept' }), newSample(7, { className: 'gone' }), newSample(8, { className: 'frozen', split: 'train' })], second)
    project.imports.finish(second, { ...report(3), skipped: [{ path: 'x', reason: 'empty' }] })
    project.datasets.freeze()
    expect(project.imports.list().map(({ source, undone }) => [source, undone])).toEqual([['/data/cats', false], ['test', false]])
    expect(project.imports.get(second).report).toMatchObject({ import: second, skipped: [{ path: 'x', reason: 'empty' }] })
    expect(project.imports.undo(second)).toBe(3)
    expect(project.samples.totals()).toEqual({ total: 3, labelled: 1 })
    expect(project.classes.list().map(({ name, position }) => [name, position])).toEqual([['kept', 0]])
    expect(project.samples.data(first[0]!).data).not.toBeNull()
    expect(() => project.samples.data(mine[1]!)).toThrow(expect.objectContaining({ kind: 'not-found', message: expect.stringContaining('its import was undone') as string }) as Error)
    expect(project.samples.data(mine[2]!).data).toEqual(Buffer.from('bytes of sample 8'))
    expect(project.samples.restore(mine)).toBe(0)
    expect(() => project.imports.undo(second)).toThrow(/undone already/)
    const again = fill(project, 1, () => ({ className: 'gone' }))
    expect(project.samples.get(again[0]!).class).toBe(project.classes.byName('gone')?.id)
  })

  test('an import whose process died is undone; one that still goes is not', async () => {
    const project = tempProject()
    const live = project.imports.begin('live')
    project.samples.insertMany([newSample(1)], live)
    const dead = project.imports.begin('dead')
    project.samples.insertMany([newSample(2)], dead)
    const { Connection } = await import('../connection.ts')
    const raw = new Connection(project.path, { readOnly: false })
    raw.run(`UPDATE imports SET owner = rtrim(owner, '0123456789') || '1' WHERE id = ?`, [dead])
    raw.close()
    expect(project.imports.undoUnfinished()).toEqual([dead])
    expect(project.samples.totals().total).toBe(1)
    expect(project.imports.undoUnfinished()).toEqual([])
  })
})

describe('classes', () => {
  test('names are Unicode NFC of 1 to 200 characters; the same name is one class', () => {
    const project = tempProject()
    const cafe = project.classes.add(' cafe\u0301 ')
    expect(cafe).toMatchObject({ name: 'caf\u00e9', position: 0, samples: 0 })
    expect(() => project.classes.add('caf\u00e9')).toThrow(/already/)
    expect(project.classes.add('猫 🐈 <script>').name).toBe('猫 🐈 <script>')
    expect(project.classes.add('x'.repeat(200)).name).toHaveLength(200)
    expect(() => project.classes.add('x'.repeat(201))).toThrow(/201 characters; at most 200/)
    expect(() => project.classes.add(' ')).toThrow(/needs a name/)
    expect(() => project.classes.add('a\nb')).toThrow(/control characters/)
    expect([...project.classes.ensure(['b', 'cafe\u0301', 'b', 'a']).keys()]).toEqual(['b', 'cafe\u0301', 'a'])
    expect(project.classes.list().map(({ name }) => name.slice(0, 4))).toEqual(['café', '猫 🐈', 'xxxx', 'b', 'a'])
  })

  test('rename, move and remove; a class in use stays, a removed one comes back under its id', () => {
    const project = tempProject()
    const [a, b, c] = ['a', 'b', 'c'].map((name) => project.classes.add(name).id) as [ClassId, ClassId, ClassId]
    const ids = fill(project, 1)
    project.labels.assign(ids, b)
    expect(project.classes.move(c, 0).map((entry) => entry.id)).toEqual([c, a, b])
    expect(project.classes.move(c, 99).map(({ id, position }) => [id, position])).toEqual([[a, 0], [b, 1], [c, 2]])
    expect(() => { project.classes.remove(b) }).toThrow(/labels 1 sample: give/)
    expect(() => project.classes.rename(a, 'b')).toThrow(/already/)
    expect(project.classes.rename(a, 'A').name).toBe('A')
    project.classes.remove(a)
    expect(project.classes.list().map(({ id, position }) => [id, position])).toEqual([[b, 0], [c, 1]])
    expect(() => project.classes.get(a)).toThrow(/no class/)
    expect(project.classes.add('A')).toMatchObject({ id: a, position: 2 })
  })
})
