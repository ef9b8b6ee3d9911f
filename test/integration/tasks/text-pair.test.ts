// Pairs of texts from a table to ONNX.
import { writeFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { testCli } from '../../support/cli.ts'

const cli = testCli()
vi.setConfig({ testTimeout: 600_000 })
const project = cli.at('pairs.lathe')

test('imports a table of pairs; a pair with an empty text is named', async () => {
  const words = ['dog', 'cat', 'horse', 'goat', 'fox', 'hen']
  const rows = Array.from({ length: 72 }, (_, i) => {
    const [a, b] = [words[i % 6]!, words[(i % 6) + (i % 2 === 0 ? 0 : 1)] ?? 'dog']
    return `"The ${a} runs, number ${i}.","A ${b} moves.",${a === b ? 'same' : 'other'}`
  })
  writeFileSync(cli.at('pairs.csv'), `premise,hypothesis,label\n${rows.join('\n')}\nalone,,same\n`)
  await cli.done('new', project, '--task', 'text-pair')
  const report = await cli.done('import', project, cli.at('pairs.csv'))
  expect(report).toMatchObject({ stored: 72, labelled: 72, skipped: [{ reason: 'the second text is empty' }] })
})

test('trains, measures, predicts, explains, exports', async () => {
  await cli.done('train', project, '--epochs', '2')
  const { metrics } = (await cli.done('eval', project)) as { metrics: Record<string, number> }
  expect(metrics['test/accuracy']).toBeGreaterThanOrEqual(0)
  expect(metrics['test/f1']).toBeLessThanOrEqual(1)
  writeFileSync(cli.at('one.json'), '{"a":"The dog runs.","b":"A dog moves."}')
  const { predictions } = (await cli.done('predict', project, cli.at('one.json'))) as { predictions: { outputs: { class: string }[] }[] }
  expect(predictions[0]!.outputs.map((o) => o.class).sort()).toEqual(['other', 'same'])
  const { strongest } = (await cli.done('explain', project, '--sample', '3', '--method', 'saliency', '--out', cli.at('why.png'))) as { strongest: { name: string }[] }
  expect(strongest[0]!.name).not.toBe('')
  const { parity } = (await cli.done('export', project, cli.at('pairs.onnx'))) as { parity: { maxAbsDiff: number } }
  expect(parity.maxAbsDiff).toBeLessThan(1e-5)
  const { inputs } = (await cli.done('inspect', cli.at('pairs.onnx'))) as { inputs: { name: string }[] }
  expect(inputs.map((i) => i.name).sort()).toEqual(['attention_mask_a', 'attention_mask_b', 'input_ids_a', 'input_ids_b'])
})
