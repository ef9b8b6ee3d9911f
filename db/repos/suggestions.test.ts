// Suggestions and the queue: apart from labels, undone with the edit that accepts them, frozen with a run.
import { describe, expect, test } from 'vitest'
import type { ClassId, RunId, SampleId } from '../../engine/contract/ids.ts'
import { config, fill, tempProject } from '../../test/support/project.ts'
import type { Project } from '../project.ts'

/** Six labelled samples of a and b, six without a label, and a run. */
function halfLabelled(): { project: Project; open: SampleId[]; run: RunId; a: ClassId; b: ClassId } {
  const project = tempProject()
  const ids = fill(project, 12, (i) => ({ className: i < 6 ? ['a', 'b'][i % 2]! : null, split: i < 6 ? 'train' : null }))
  const run = project.runs.create({ config, dataset: project.datasets.freeze().id }).id
  const [a, b] = project.classes.list().map((entry) => entry.id) as [ClassId, ClassId]
  return { project, open: ids.slice(6), run, a, b }
}

describe('suggestions', () => {
  test('are no labels: counts and dataset versions do not know them; the grid does', () => {
    const { project, open, run, a } = halfLabelled()
    const before = project.datasets.freeze()
    expect(project.suggestions.replace(run, [{ sample: open[0]!, class: a, probability: 0.97 }, { sample: open[1]!, class: a, probability: 0.9 }])).toBe(2)
    expect(project.samples.totals()).toEqual({ total: 12, labelled: 6 })
    expect(project.datasets.freeze().id).toBe(before.id)
    expect(project.samples.get(open[0]!)).toMatchObject({ class: null, suggestion: { class: a, probability: 0.97, run } })
    expect(project.samples.get(open[2]!)).not.toHaveProperty('suggestion')
    expect(project.samples.ids({ suggested: true })).toEqual(open.slice(0, 2))
    expect(project.samples.ids({ suggested: false, labelled: false })).toEqual(open.slice(2))
    expect(project.suggestions.list().map(({ sample }) => sample)).toEqual([open[0], open[1]])
  })

  test('accepting is one edit of a person that names the run; undo brings the suggestions back', () => {
    const { project, open, run, a, b } = halfLabelled()
    project.suggestions.replace(run, open.map((sample, i) => ({ sample, class: i % 2 ? a : b, probability: 0.99 })))
    expect(project.suggestions.accept([...open.slice(0, 3), 999 as SampleId])).toBe(3)
    expect(project.labels.state().undo).toBe(`accept 3 suggestions of run ${run} (mlp ${run})`)
    expect(project.samples.many(open.slice(0, 3)).map((row) => row.class)).toEqual([b, a, b])
    expect(project.suggestions.count()).toBe(3)
    expect(project.labels.history(open[0]!)).toMatchObject([{ before: null, after: b, source: 'person' }])
    project.labels.undo()
    expect(project.suggestions.count()).toBe(6)
    expect(project.suggestions.accept([])).toBe(0)
  })

  test('what was rejected is not suggested again, another class is; rejecting can be taken back', () => {
    const { project, open, run, a, b } = halfLabelled()
    const [first, second] = open as [SampleId, SampleId]
    project.suggestions.replace(run, [first, second].map((sample) => ({ sample, class: a, probability: 0.9 })))
    expect(project.suggestions.reject([first, second])).toBe(2)
    expect(project.suggestions.accept([first])).toBe(0)
    project.suggestions.replace(run, [{ sample: first, class: a, probability: 0.95 }, { sample: second, class: b, probability: 0.95 }])
    expect(project.suggestions.list()).toMatchObject([{ sample: second, class: b }])
    expect(project.suggestions.reject([first], false)).toBe(1)
    expect(project.suggestions.count()).toBe(2)
    expect(project.suggestions.clear()).toBe(2)
  })

  test('go with their run, and with their class', () => {
    const { project, open, run } = halfLabelled()
    const gone = project.classes.add('gone').id
    project.suggestions.replace(run, [{ sample: open[0]!, class: gone, probability: 0.9 }])
    project.classes.remove(gone)
    expect([project.suggestions.count(), project.samples.ids({ suggested: true })]).toEqual([0, []])
    expect(project.samples.get(open[0]!)).not.toHaveProperty('suggestion')
    project.runs.update(run, { status: 'finished' })
    project.runs.remove(run)
    expect(project.suggestions.clear()).toBe(0)
  })

  test('a run freezes those that are sure enough, but none of validation or test; the record counts them', () => {
    const { project, open, run, a, b } = halfLabelled()
    project.samples.setSplits([[open[0]!, 'val'], [open[1]!, 'train']])
    project.suggestions.replace(run, open.map((sample, i) => ({ sample, class: i % 2 ? a : b, probability: 0.9 + i / 100 })))
    const dataset = project.datasets.freeze()
    const next = project.runs.create({ config, dataset: dataset.id }).id
    expect(() => project.suggestions.adopt(next, dataset, 0.99, null)).toThrow(/no suggestion that sure: make some \(Suggest in the window under Label, or "lathe suggest"\)/)
    expect(() => project.suggestions.adopt(next, dataset, 0.5, next)).toThrow(new RegExp(`no suggestion of run ${next}`))
    expect(project.suggestions.adopt(next, dataset, 0.93, run)).toBe(3)
    expect(project.runs.get(next).pseudo).toBe(3)
    expect(project.runs.get(run)).not.toHaveProperty('pseudo')
    project.suggestions.clear()
    expect(project.suggestions.adopted(next).map(({ sample, split, label }) => [sample, split, label])).toEqual([[open[3], 'train', 0], [open[4], 'train', 1], [open[5], 'train', 0]])
    const other = project.runs.create({ config, dataset: dataset.id }).id
    const member = project.runs.create({ config, dataset: dataset.id }).id
    project.suggestions.share(next, member)
    expect(project.suggestions.adopted(member)).toEqual(project.suggestions.adopted(next))
    project.suggestions.replace(run, [{ sample: open[0]!, class: a, probability: 1 }])
    expect(() => project.suggestions.adopt(other, dataset, 0.5, null)).toThrow(/no suggestion/)
  })
})

test('the queue orders the grid; labelled samples leave it', () => {
  const { project, open, run, a } = halfLabelled()
  const order = [open[4]!, open[1]!, open[3]!]
  project.queue.replace(run, 'margin', order.map((sample, i) => ({ sample, score: 1 - i / 10, reason: `reason ${i}` })))
  const rest = project.samples.ids({}).filter((id) => !order.includes(id))
  expect(project.samples.ids({}, 'queue')).toEqual([...order, ...rest])
  expect(project.samples.ids({ labelled: false }, 'queue', true).slice(0, 3)).toEqual(order.toReversed())
  project.labels.assign([open[1]!], a)
  expect(project.queue.list()).toEqual([{ sample: open[4], score: 1, reason: 'reason 0' }, { sample: open[3], score: 0.8, reason: 'reason 2' }])
  expect(project.samples.ids({ labelled: false }, 'queue').slice(0, 2)).toEqual([open[4], open[3]])
})
