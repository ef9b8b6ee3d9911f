import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ClassId, SampleId } from '../../engine/contract/ids.ts'
import { fill, tempProject } from '../../test/support/project.ts'
import { openProject, type Project } from '../project.ts'

describe('labels', () => {
  test('assign, undo and redo, with titles for people and the history of a sample', () => {
    const project = tempProject()
    const [a, b, c] = fill(project, 3) as [SampleId, SampleId, SampleId]
    const cat = project.classes.add('cat')
    const dog = project.classes.add('dog')
    expect(project.labels.assign([a, b, b], cat.id)).toBe(2)
    expect(project.labels.assign([a], cat.id)).toBe(0)
    expect(project.labels.assign([b, c], dog.id)).toBe(2)
    expect(project.labels.assign([c], null)).toBe(1)
    expect(project.labels.state()).toEqual({ undo: 'clear the label of 1 sample', redo: null })
    expect(project.labels.undo()).toEqual([c])
    expect(project.labels.state()).toEqual({ undo: 'label 2 samples as dog', redo: 'clear the label of 1 sample' })
    expect(project.labels.undo()).toEqual([b, c])
    expect(project.samples.many([a, b, c]).map((row) => row.class)).toEqual([cat.id, cat.id, null])
    expect(project.labels.redo()).toEqual([b, c])
    expect(project.labels.history(b).map(({ before, after, source }) => [before, after, source])).toEqual([
      [null, cat.id, 'person'],
      [cat.id, dog.id, 'person'],
      [dog.id, cat.id, 'undo'],
      [cat.id, dog.id, 'redo'],
    ])
  })

  test('an edit that changes nothing keeps what can be redone; a real one ends it', () => {
    const project = tempProject()
    const [a] = fill(project, 1) as [SampleId]
    const cat = project.classes.add('cat')
    project.labels.assign([a], cat.id)
    project.labels.undo()
    expect(project.labels.assign([a], null)).toBe(0)
    expect(project.labels.state().redo).toBe('label 1 sample as cat')
    project.labels.assign([a], project.classes.add('dog').id)
    expect(project.labels.state().redo).toBeNull()
    expect(project.labels.redo()).toEqual([])
  })

  test("an import's labels are not what undo takes back", () => {
    const project = tempProject()
    fill(project, 2, () => ({ className: 'cat' }))
    expect(project.labels.state()).toEqual({ undo: null, redo: null })
    expect(project.labels.undo()).toEqual([])
  })

  test('undo brings a removed class back, or finds the one that has its name now', () => {
    const project = tempProject()
    const [a, b] = fill(project, 2) as [SampleId, SampleId]
    const cat = project.classes.add('cat').id
    const dog = project.classes.add('dog').id
    project.labels.assign([a], cat)
    project.labels.assign([b], cat)
    project.labels.assign([a, b], dog)
    project.classes.remove(cat)
    project.labels.undo()
    expect(project.samples.many([a, b]).map((row) => row.class)).toEqual([cat, cat])
    expect(project.classes.list().map((entry) => entry.name)).toEqual(['dog', 'cat'])
    project.labels.redo()
    project.classes.remove(cat)
    project.classes.rename(dog, 'cat')
    project.labels.undo()
    expect(project.samples.many([a, b]).map((row) => row.class)).toEqual([dog, dog])
  })

  test('the journal cannot be changed, and current labels can be made again from it', async () => {
    const project = tempProject()
    const ids = fill(project, 4, (i) => ({ className: String(i) }))
    const { Connection } = await import('../connection.ts')
    const raw = new Connection(project.path, { readOnly: false })
    for (const sql of ['DELETE FROM annotations', 'UPDATE annotations SET after = NULL']) expect(() => { raw.exec(sql) }).toThrow(/append-only/)
    raw.run('UPDATE samples SET class = NULL WHERE id IN (?, ?)', [ids[0]!, ids[1]!])
    raw.close()
    expect(project.labels.inconsistent()).toEqual([ids[0], ids[1]])
    expect(project.labels.rebuild()).toBe(2)
    expect(project.samples.totals().labelled).toBe(4)
  })

  test('an unknown class is refused and nothing is written', () => {
    const project = tempProject()
    const ids = fill(project, 1)
    expect(() => project.labels.assign(ids, 99 as ClassId)).toThrow(/no class 99/)
    expect(project.labels.history(ids[0]!)).toEqual([])
  })
})

/** What the journal must behave like: two stacks of label maps. */
interface Model {
  labels: (ClassId | null)[]
  done: (ClassId | null)[][]
  undone: (ClassId | null)[][]
}

test('any sequence of edits, undos, redos and restarts behaves as two stacks', () => {
  const SAMPLES = 4
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ type: fc.constant('assign' as const), samples: fc.subarray([0, 1, 2, 3], { minLength: 1 }), to: fc.constantFrom(0, 1, 2) }) },
    { weight: 3, arbitrary: fc.record({ type: fc.constant('undo' as const) }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('redo' as const) }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('reopen' as const) }) },
  )
  const base = tempProject()
  const classes = [null, base.classes.add('x').id, base.classes.add('y').id]
  base.close()
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      let project: Project = openProject(base.path, { verify: false })
      try {
        // A new edit first: whatever an earlier case left can no longer be redone, and stays below in the stack.
        const ids = fill(project, SAMPLES)
        project.labels.assign([ids[0]!], classes[1] ?? null)
        project.labels.assign([ids[0]!], null)
        const floor = project.labels.state().undo
        const model: Model = { labels: new Array<ClassId | null>(SAMPLES).fill(null), done: [], undone: [] }
        for (const one of steps) {
          if (one.type === 'reopen') {
            project.close()
            project = openProject(base.path, { verify: false })
          } else if (one.type === 'assign') {
            const to = classes[one.to] ?? null
            const next = model.labels.map((label, i) => (one.samples.includes(i) ? to : label))
            const changed = next.filter((label, i) => label !== model.labels[i]).length
            expect(project.labels.assign(one.samples.map((i) => ids[i]!), to)).toBe(changed)
            if (changed > 0) {
              model.done.push(model.labels)
              model.undone = []
              model.labels = next
            }
          } else {
            const [from, onto] = one.type === 'undo' ? [model.done, model.undone] : [model.undone, model.done]
            const then = from.pop()
            if (then) {
              expect(project.labels[one.type]()).not.toEqual([])
              onto.push(model.labels)
              model.labels = then
            } else if (one.type === 'redo') expect(project.labels.redo()).toEqual([])
          }
          expect(project.samples.many(ids).map((row) => row.class)).toEqual(model.labels)
          expect(project.labels.state().redo === null).toBe(model.undone.length === 0)
          if (model.done.length === 0) expect(project.labels.state().undo).toBe(floor)
        }
        expect(project.labels.inconsistent()).toEqual([])
      } finally {
        project.close()
      }
    }),
    { numRuns: 60 },
  )
})
