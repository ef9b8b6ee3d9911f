// Tests of the snippets that run an exported file.
import { expect, test } from 'vitest'
import { doorOf, snippets } from './snippets.ts'

const file = { inputs: [{ name: 'image', dtype: 'uint8', shape: ['N', 'H', 'W', 1] }], outputs: [{ name: 'logits', dtype: 'float32', shape: ['N', 10] }, { name: 'probabilities', dtype: 'float32', shape: ['N', 10] }], metadata: { classes: '["a","b"]' } } as const

test('names, channels and sides come from the file', () => {
  expect(doorOf(file)).toEqual({ input: 'image', probabilities: 'probabilities', channels: 1, height: null, width: null, batched: true })
  expect(doorOf({ ...file, inputs: [{ name: 'x', dtype: 'uint8', shape: ['N', 32, 48, 3] }] })).toMatchObject({ channels: 3, height: 32, width: 48 })
  expect(doorOf({ ...file, inputs: [{ name: 'x', dtype: 'float32', shape: ['N', 10] }] })).toBeNull()
})

test('the code names the real file, input and output', () => {
  const [python, node] = snippets('digits "1".onnx', file)
  expect(python?.code).toContain('InferenceSession("digits \\"1\\".onnx")')
  expect(python?.code).toContain('session.run(["probabilities"], {"image": picture[None]})')
  expect(python?.code).toContain('convert("L")')
  expect(python?.code).toContain('custom_metadata_map["classes"]')
  expect(node?.code).toContain('result["probabilities"]')
  expect(node?.code).not.toContain('resize')
  expect(snippets('x.onnx', { ...file, inputs: [{ name: 'x', dtype: 'uint8', shape: ['N', 32, 48, 3] }] })[0]?.code).toContain('.resize((48, 32))')
})
