// Little data through the command line: what to label next, suggestions apart from labels, and a run that is told to use them.
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { openProject } from '../../db/project.ts'
import { runCli } from '../../main/cli/program.ts'
import { engineHere } from '../support/engine-here.ts'
import { tempFolder } from '../support/project.ts'

const BATCH = 32

/** The command's exit code, its last JSON line and its errors. */
async function lathe(...args: string[]): Promise<{ readonly code: number; readonly last: Readonly<Record<string, unknown>>; readonly text: string }> {
  const lines: string[] = []
  const spies = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write').mockImplementation((text) => (lines.push(String(text)), true)))
  try {
    const code = await runCli([...args, '--json'], engineHere)
    const text = lines.join('')
    return { code, text, last: JSON.parse(text.split('\n').filter((line) => line.startsWith('{')).at(-1) ?? '{}') as Record<string, unknown> }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

test('from 300 labels: queue, suggest, accept, train on suggestions', async () => {
  const file = path.join(tempFolder(), 'd.lathe')
  await lathe('sample', 'digits', file)
  const truth = new Map<number, number | null>()
  let labelled = 0
  {
    using project = openProject(file)
    project.samples.remove(project.samples.ids({ split: 'train' }).slice(600))
    project.samples.remove(project.samples.ids({ split: 'test' }))
    const rows = project.samples.many(project.samples.ids({}))
    for (const row of rows) truth.set(row.id, row.class)
    project.labels.assign(rows.filter((row) => row.split === 'train').slice(300).map((row) => row.id), null)
    labelled = project.samples.totals().labelled
  }
  expect(await lathe('queue', file)).toMatchObject({ code: 1, text: expect.stringContaining('no trained run yet') as string })
  expect((await lathe('train', file, '--model', 'mlp', '--epochs', '20', '--batch', String(BATCH), '--set', 'augment=null')).last).toMatchObject({ status: 'finished', steps: 20 * Math.ceil(300 / BATCH) })

  const queue = async (by: string): Promise<{ sample: number; score: number; reason: string }[]> => {
    const { last } = await lathe('queue', file, '--by', by, '--count', '40')
    expect(last).toMatchObject({ event: 'done', run: 1, by, unlabelled: 300, skipped: [] })
    return last['items'] as { sample: number; score: number; reason: string }[]
  }
  const unsure = await queue('uncertainty')
  expect(unsure.map(({ score }) => score)).toEqual(unsure.map(({ score }) => score).toSorted((a, b) => b - a))
  expect(unsure[0]).toMatchObject({ sample: expect.any(Number) as number, score: expect.any(Number) as number, reason: expect.stringMatching(/^\d at \d+ %, \d at \d+ %$/) as string })
  const diverse = await queue('diversity')
  expect(new Set(diverse.map(({ sample }) => sample)).size).toBe(40)
  expect(diverse.map(({ sample }) => sample)).not.toEqual(unsure.map(({ sample }) => sample))
  expect(await lathe('queue', file, '--by', 'luck')).toMatchObject({ code: 2, text: expect.stringContaining('uncertainty, margin, entropy, diversity or label-error') as string })

  expect(await lathe('train', file, '--set', 'pseudo=0.9')).toMatchObject({ code: 1, text: expect.stringContaining('there is no suggestion that sure: make some') as string })
  const suggested = await lathe('suggest', file, '--threshold', '0.9')
  const count = suggested.last['suggested'] as number
  expect(suggested.last).toMatchObject({ run: 1, threshold: 0.9, unlabelled: 300 })
  expect(count).toBeGreaterThan(50)
  {
    using project = openProject(file)
    expect(project.samples.totals().labelled).toBe(labelled)
    const said = project.suggestions.list()
    expect(said.filter((one) => truth.get(one.sample) === one.class).length / said.length).toBeGreaterThan(0.9)
    // What is least sure is not suggested.
    expect(said.some((one) => one.sample === unsure[0]!.sample)).toBe(false)
  }

  expect((await lathe('train', file, '--from', '1', '--epochs', '1', '--set', 'pseudo=0.9')).last['steps']).toBe(Math.ceil((300 + count) / BATCH))
  expect(((await lathe('runs', file)).last['runs'] as { id: number; pseudo?: number }[]).map(({ id, pseudo }) => [id, pseudo])).toEqual([[2, count], [1, undefined]])

  const sure = await lathe('suggest', file, '--accept', '0.99')
  expect(sure.last['accepted']).toBeGreaterThan(0)
  {
    using project = openProject(file)
    expect(project.samples.totals().labelled).toBe(labelled + (sure.last['accepted'] as number))
    expect(project.labels.state().undo).toMatch(/^accept \d+ suggestions? of run 1 \(mlp 1\)$/)
    project.labels.undo()
    expect(project.samples.totals().labelled).toBe(labelled)
    expect(project.suggestions.count()).toBe(count)
  }
  // A dozen labels are made wrong: more than half are among the twenty most suspect of nearly 600.
  const wrong: number[] = []
  {
    using project = openProject(file)
    const classes = project.classes.list()
    for (const id of project.samples.ids({ labelled: true }).filter((_, i) => i % 40 === 7)) {
      const to = classes[(classes.findIndex((one) => one.id === truth.get(id)) + 3) % 10]!.id
      project.labels.assign([id], to)
      wrong.push(id)
    }
  }
  await lathe('train', file, '--model', 'mlp', '--epochs', '8', '--batch', String(BATCH), '--set', 'augment=null')
  const suspects = (await lathe('queue', file, '--by', 'label-error', '--run', '3', '--count', '20')).last['items'] as { sample: number; reason: string }[]
  expect(suspects[0]!.reason).toMatch(/^labelled \d \(\d+ %\), rather \d \(\d+ %\)$/)
  expect(suspects.filter(({ sample }) => wrong.includes(sample)).length).toBeGreaterThan(0.5 * wrong.length)
  // The frozen suggestions stay with their run: it goes on as it began.
  expect((await lathe('suggest', file, '--clear')).last).toMatchObject({ cleared: count })
  expect((await lathe('train', file, '--resume', '2', '--epochs', '2')).last).toMatchObject({ status: 'finished', epochs: 2 })
  expect((await lathe('check', file)).last).toMatchObject({ ok: true })
}, 240_000)
