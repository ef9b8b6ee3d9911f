import { describe, expect, test } from 'vitest'
import type { CheckpointId, RunId, SampleId } from '../../engine/contract/ids.ts'
import { config, fill, tempProject } from '../../test/support/project.ts'
import { Connection } from '../connection.ts'
import type { CheckpointState } from '../contract/records.ts'
import { openProject, type Project } from '../project.ts'

function withData(): { project: Project; ids: SampleId[] } {
  const project = tempProject()
  const ids = fill(project, 9, (i) => ({ className: String(i % 3), split: i < 6 ? 'train' : i < 8 ? 'val' : 'test' }))
  return { project, ids }
}
const newRun = (project: Project): RunId => project.runs.create({ config, dataset: project.datasets.freeze().id }).id
const state = (value: number): CheckpointState => ({
  parameters: [{ name: 'b', shape: [2] }, { name: 'a', shape: [1] }],
  weights: Float32Array.of(value, -0, NaN),
  optimizer: { m: Float32Array.of(1, 2, 3), v: new Float32Array(3) },
  position: { step: 3, best: Infinity, counters: [1, 2 ** 31] },
})
const checkpoint = (kind: 'last' | 'best', step: number) => ({ kind, epoch: step / 10, step, metrics: { 'val/loss': step }, weightsHash: `w${step}` })

function raw(project: Project, sql: string): void {
  const connection = new Connection(project.path, { readOnly: false })
  connection.exec(sql)
  connection.close()
}

describe('dataset versions', () => {
  test('the same content is the same version; any change of label, split or class is another; old ones stay', () => {
    const { project, ids } = withData()
    const one = project.datasets.freeze()
    expect(one).toMatchObject({ counts: { train: 6, val: 2, test: 1 }, classes: [{ id: 1, name: '0' }, { id: 2, name: '1' }, { id: 3, name: '2' }] })
    expect(project.datasets.freeze()).toEqual(one)
    const before = project.datasets.manifest(one.id)
    expect(before[4]).toEqual({ sample: ids[4], sha256: project.samples.get(ids[4]!).sha256, split: 'train', label: 1, target: null })
    project.labels.assign([ids[8]!], project.classes.list()[0]!.id)
    const two = project.datasets.freeze()
    project.samples.setSplits([[ids[0]!, 'test']])
    project.classes.add('empty')
    const three = project.datasets.freeze()
    expect(new Set([one.hash, two.hash, three.hash]).size).toBe(3)
    expect(three.classes).toHaveLength(3)
    expect(project.datasets.manifest(one.id)).toEqual(before)
    project.labels.undo()
    project.samples.setSplits([[ids[0]!, 'train']])
    expect(project.datasets.freeze().id).toBe(one.id)
    expect(project.datasets.list().map(({ id }) => id)).toEqual([three.id, two.id, one.id])
  })

  test('nothing to freeze says what is missing', () => {
    const project = tempProject()
    expect(() => project.datasets.freeze()).toThrow(/no samples yet: import/)
    const ids = fill(project, 2)
    expect(() => project.datasets.freeze()).toThrow(/None of the 2 samples is labelled/)
    project.labels.assign(ids, project.classes.add('a').id)
    expect(() => project.datasets.freeze()).toThrow(/in a split/)
  })

  test('a damaged manifest is noticed', () => {
    const { project } = withData()
    const { id } = project.datasets.freeze()
    raw(project, `UPDATE dataset_versions SET classes = '[{"id":1,"name":"other"}]'`)
    expect(() => project.datasets.manifest(id)).toThrow(/does not give its hash/)
  })
})

describe('runs', () => {
  test('what a run wrote after it was removed is refused in words', () => {
    const project = tempProject()
    fill(project, 4, (i) => ({ className: String(i % 2), split: 'train' }))
    const id = newRun(project)
    project.runs.update(id, { status: 'stopped' })
    project.runs.remove(id)
    expect(() => project.exports.add({ run: id, path: 'm.onnx', bytes: 1, opset: 18, sha256: '0'.repeat(64), parity: { maxAbsDiff: 0, samples: 1, batches: [1], tolerance: 1e-5 }, metrics: {} })).toThrow(expect.objectContaining({ kind: 'conflict', message: expect.stringContaining('has been removed from') as string }))
  })

  test('live through their statuses with times, owner and values', () => {
    const { project } = withData()
    const run = newRun(project)
    expect(project.runs.get(run)).toMatchObject({ name: `mlp ${run}`, status: 'queued', startedAt: null, finishedAt: null, config, epoch: 0, step: 0, metrics: {}, error: null })
    const { startedAt } = project.runs.update(run, { status: 'running', parameters: 12 })
    expect(startedAt).toBeGreaterThan(0)
    expect(() => { project.runs.remove(run) }).toThrow(/is running: stop it first/)
    project.runs.update(run, { status: 'failed', error: { kind: 'diverged', message: 'NaN in step 3' }, seconds: 1.5 })
    expect(project.runs.get(run)).toMatchObject({ status: 'failed', parameters: 12, seconds: 1.5, startedAt, error: { kind: 'diverged' } })
    expect(project.runs.update(run, { status: 'running', config: { ...config, epochs: 9 } })).toMatchObject({ error: null, finishedAt: null, startedAt, config: { epochs: 9 } })
    expect(project.runs.rename(run, 'best so far').name).toBe('best so far')
    expect(() => project.runs.get(99 as RunId)).toThrow(/no run 99/)
    expect(() => project.runs.update(run, { config: { ...config, lr: -1 } })).toThrow()
    expect(project.runs.get(run).config.epochs).toBe(9)
  })

  test('only runs of dead processes are marked crashed', () => {
    const { project } = withData()
    const [mine, queued, elsewhere, longAgo, done, spared] = Array.from({ length: 6 }, () => newRun(project)) as [RunId, RunId, RunId, RunId, RunId, RunId]
    for (const id of [mine, elsewhere, longAgo, spared]) project.runs.update(id, { status: 'running' })
    project.runs.update(done, { status: 'finished' })
    const dead = `rtrim(owner, '0123456789') || '1'`
    raw(project, `UPDATE runs SET owner = ${dead} WHERE id IN (${queued}, ${spared})`)
    raw(project, `UPDATE runs SET owner = 'another-machine/1/1' WHERE id IN (${elsewhere}, ${longAgo})`)
    raw(project, `UPDATE runs SET touched_at = 5 WHERE id = ${longAgo}`)
    expect(project.runs.markCrashed([spared])).toEqual([queued, longAgo])
    expect(project.runs.list().map(({ status }) => status)).toEqual(['running', 'finished', 'crashed', 'running', 'crashed', 'running'])
    expect(project.runs.get(queued).error?.message).toContain('resume')
  })

  test('removing one takes all it wrote and nothing else', () => {
    const { project, ids } = withData()
    const [a, b] = [newRun(project), newRun(project)]
    for (const run of [a, b]) {
      project.metrics.append(run, [{ name: 'val/loss', step: 1, epoch: 1, value: 1, at: 1 }])
      const saved = project.checkpoints.save(run, checkpoint('last', 1), state(1))
      project.evaluations.save({ run, checkpoint: saved.id, split: 'test', samples: 1, metrics: {}, intervals: {}, classes: [{ id: project.classes.list()[0]!.id, name: '0', precision: 1, recall: 1, f1: 1, support: 1 }], confusion: [[1]] }, [{ sample: ids[8]!, split: 'test', predicted: 0, label: 0, probability: 1, probabilities: Float32Array.of(1), loss: 0, correct: true, output: null }])
      project.explanations.add({ run, sample: ids[8]!, method: 'grad-cam', target: 0, height: 1, width: 2, map: Float32Array.of(1, 2), meta: {} })
      project.exports.add({ run, path: '/x.onnx', bytes: 1, opset: 18, sha256: 's', parity: { maxAbsDiff: 0, samples: 50, batches: [1, 2, 7], tolerance: 1e-5 }, metrics: {} })
      project.runs.update(run, { status: 'finished' })
    }
    project.runs.remove(a)
    expect(() => project.runs.get(a)).toThrow(/no run/)
    const connection = new Connection(project.path, { readOnly: true })
    for (const table of ['metrics', 'latest_metrics', 'checkpoints', 'evaluations', 'predictions', 'explanations', 'exports']) expect(connection.column(`SELECT DISTINCT run FROM ${table}`), table).toEqual([b])
    expect(connection.number('SELECT count(*) FROM checkpoint_tensors')).toBe(3)
    connection.close()
  })

  test('a configuration that was tampered with is refused by name', () => {
    const { project } = withData()
    const run = newRun(project)
    raw(project, `UPDATE runs SET config = json_set(config, '$.epochs', -5)`)
    expect(() => project.runs.get(run)).toThrow(new RegExp(`configuration of run ${run} .*epochs`))
  })
})

describe('metrics', () => {
  test('points written again replace the old; NaN and infinities survive; latest values show in the run', () => {
    const { project } = withData()
    const run = newRun(project)
    const point = (name: string, step: number, value: number) => ({ name, step, epoch: step / 4, value, at: 1000 + step })
    project.metrics.append(run, [point('train/loss', 1, 2), point('val/loss', 1, NaN), point('train/loss', 2, Infinity)])
    project.metrics.append(run, [point('train/loss', 2, 1.5)])
    expect(project.metrics.list(run)).toEqual([point('train/loss', 1, 2), point('val/loss', 1, NaN), point('train/loss', 2, 1.5)])
    expect(project.metrics.list(run, 1)).toEqual([point('train/loss', 2, 1.5)])
    expect(project.runs.get(run).metrics).toEqual({ 'train/loss': 1.5, 'val/loss': NaN })
    project.metrics.append(run, [point('train/loss', 3, Infinity)])
    expect(project.metrics.list(run, 2)).toEqual([point('train/loss', 3, Infinity)])
    project.metrics.truncate(run, 1)
    expect(project.metrics.list(run)).toHaveLength(2)
    expect(project.runs.get(run).metrics).toEqual({ 'train/loss': 2, 'val/loss': NaN })
  })
})

describe('checkpoints', () => {
  test('come back bit for bit; each kind keeps its newest; `last` moves the run', () => {
    const { project } = withData()
    const run = newRun(project)
    project.checkpoints.save(run, checkpoint('last', 10), state(1))
    const best = project.checkpoints.save(run, checkpoint('best', 10), state(2))
    const last = project.checkpoints.save(run, checkpoint('last', 20), state(3))
    expect(project.checkpoints.list(run)).toEqual([best, last])
    expect(project.checkpoints.find(run, 'best')).toEqual(best)
    expect(last).toMatchObject({ run, kind: 'last', epoch: 2, step: 20, metrics: { 'val/loss': 20 }, weightsHash: 'w20' })
    expect(project.runs.get(run)).toMatchObject({ epoch: 2, step: 20, metrics: { 'best/val/loss': 10 } })
    using again = openProject(project.path)
    const loaded = again.checkpoints.load(last.id)
    expect(loaded).toEqual(state(3))
    expect([...new Uint32Array(loaded.weights.buffer)]).toEqual([...new Uint32Array(state(3).weights.buffer)])
  })

  test('a view of a larger buffer is stored as the view alone', () => {
    const { project } = withData()
    const run = newRun(project)
    const { id } = project.checkpoints.save(run, checkpoint('last', 1), { ...state(0), weights: Float32Array.of(9, 1, 2, 9).subarray(1, 3) })
    expect(project.checkpoints.load(id).weights).toEqual(Float32Array.of(1, 2))
  })

  test('one that another run continues from stays for it, unseen in the list', () => {
    const { project } = withData()
    const run = newRun(project)
    const parent = project.checkpoints.save(run, checkpoint('best', 10), state(2))
    const child = project.runs.create({ config, dataset: project.runs.get(run).dataset, parent: parent.id })
    project.checkpoints.save(run, checkpoint('best', 20), state(3))
    expect(project.checkpoints.list(run).map(({ step }) => step)).toEqual([20])
    expect(project.checkpoints.load(parent.id).weights[0]).toBe(2)
    project.runs.update(run, { status: 'finished' })
    // Until the child has weights of its own it needs these.
    expect(() => { project.runs.remove(run) }).toThrow(expect.objectContaining({ kind: 'conflict', message: expect.stringContaining(`run ${child.id} `) as string }))
    project.checkpoints.save(child.id, checkpoint('last', 0), state(2))
    project.runs.remove(run)
    expect(project.runs.get(child.id).parent).toBeNull()
  })

  test('damage is noticed, and the message says which tensor', () => {
    const { project } = withData()
    const run = newRun(project)
    const { id } = project.checkpoints.save(run, checkpoint('last', 1), state(1))
    raw(project, `UPDATE checkpoint_tensors SET data = x'0000803f00000000' WHERE name = 'optimizer/v'`)
    expect(() => project.checkpoints.load(id)).toThrow(new RegExp(`optimizer/v of the last checkpoint of run ${run} is damaged`))
    expect(() => project.checkpoints.load(77 as CheckpointId)).toThrow(/no checkpoint 77/)
  })

  test('saving fails whole: the old one is still there', () => {
    const { project } = withData()
    const run = newRun(project)
    const old = project.checkpoints.save(run, checkpoint('last', 1), state(1))
    expect(() => project.checkpoints.save(run, checkpoint('last', 2), { ...state(2), optimizer: { m: null as unknown as Float32Array } })).toThrow()
    expect(project.checkpoints.list(run)).toEqual([old])
    expect(project.checkpoints.load(old.id)).toEqual(state(1))
  })
})

describe('results', () => {
  test('evaluation and predictions of a split are replaced together; other splits stay', () => {
    const { project, ids } = withData()
    const run = newRun(project)
    const { id } = project.checkpoints.save(run, checkpoint('best', 1), state(1))
    const classes = project.classes.list().map((entry) => ({ id: entry.id, name: entry.name, precision: 1, recall: 0.5, f1: 2 / 3, support: 3 }))
    const evaluation = (split: 'val' | 'test', accuracy: number) => ({ run, checkpoint: id, split, samples: 1, metrics: { [`${split}/accuracy`]: accuracy }, intervals: { [`${split}/accuracy`]: { low: 0, high: 1 } }, classes, confusion: [[1, 0, 0], [0, 0, 0], [0, 0, 0]] })
    const prediction = (sample: SampleId, split: 'val' | 'test', predicted: number) => ({ sample, split, predicted, label: 0, probability: [0.25, 0.5, 0.25][predicted] ?? 0, probabilities: Float32Array.of(0.25, 0.5, 0.25), loss: 0.5, correct: predicted === 0, output: null })
    project.evaluations.save(evaluation('val', 0.1), [prediction(ids[6]!, 'val', 1), prediction(ids[7]!, 'val', 2)])
    project.evaluations.save(evaluation('test', 0.2), [prediction(ids[8]!, 'test', 1)])
    const saved = project.evaluations.save(evaluation('val', 0.3), [prediction(ids[6]!, 'val', 0)])
    expect(saved).toMatchObject(evaluation('val', 0.3))
    expect(project.evaluations.latest(run, 'train')).toBeNull()
    expect(project.evaluations.list(run).map(({ metrics }) => metrics)).toEqual([{ 'test/accuracy': 0.2 }, { 'val/accuracy': 0.3 }])
    expect(project.predictions.list(run)).toEqual([prediction(ids[6]!, 'val', 0), prediction(ids[8]!, 'test', 1)])
    expect(project.predictions.list(run, 'test')).toHaveLength(1)
    expect(project.samples.get(ids[8]!, run).prediction).toEqual({ class: classes[1]!.id, probability: 0.5, loss: 0.5, correct: false, output: null })
    expect(project.runs.get(run).metrics).toMatchObject({ 'test/accuracy': 0.2, 'val/accuracy': 0.3 })
  })

  test('explanations keep the newest of a kind; maps must have their size', () => {
    const { project, ids } = withData()
    const run = newRun(project)
    const one = { run, sample: ids[0]!, method: 'integrated-gradients', target: 1, height: 1, width: 2, map: Float32Array.of(-1, 2), meta: { gap: 0.01 } }
    project.explanations.add(one)
    const kept = project.explanations.add({ ...one, map: Float32Array.of(3, 4) })
    const other = project.explanations.add({ ...one, sample: ids[1]! })
    expect(project.explanations.list(run)).toEqual([other, kept])
    expect(project.explanations.list(run, ids[0])).toEqual([kept])
    expect(project.explanations.get(kept.id).map).toEqual(Float32Array.of(3, 4))
    expect(() => project.explanations.add({ ...one, width: 3 })).toThrow(/2 values cannot be 1 × 3/)
  })

  test('exports and settings come back as stored', () => {
    const { project } = withData()
    const run = newRun(project)
    const entry = { run, path: '/m.onnx', bytes: 10, opset: 18, sha256: 'x', parity: { maxAbsDiff: 1e-7, samples: 50, batches: [1, 2, 7], tolerance: 1e-5 }, metrics: { 'test/accuracy': 0.99 } }
    expect(project.exports.add(entry)).toMatchObject(entry)
    expect(project.exports.list()).toHaveLength(1)
    expect(project.settings.get('grid')).toBeUndefined()
    project.settings.set('grid', { size: 96, filter: { class: 'none' } })
    project.settings.set('grid', { size: 128 })
    expect(project.settings.get('grid')).toEqual({ size: 128 })
  })
})
