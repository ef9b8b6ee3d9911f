// The script of engine/README.md, as it stands there: it learns XOR, says why, and leaves a file that any runtime runs.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { Program, tensor } from '../../engine/compile/program.ts'

test('the library builds, trains, explains and exports in fifteen lines', async () => {
  const readme = await readFile(path.resolve(import.meta.dirname, '../../engine/README.md'), 'utf8')
  const script = /```js\n([^`]*?from 'lathe\/engine'[\s\S]*?)```/.exec(readme)?.[1] ?? ''
  expect(script.trim().split('\n')).toHaveLength(15)
  // Inside the package, where its own name resolves.
  const folder = await mkdtemp(path.join(import.meta.dirname, '.library-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { cwd: folder })
  expect(stdout).toContain('why')
  await using program = await Program.load('xor', await readFile(path.join(folder, 'xor.onnx')), { threads: 1 })
  const { y, why } = await program.run({ x: tensor('float32', Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1), [4, 2]) })
  expect(Array.from(y?.data as Float32Array, Math.round)).toEqual([0, 1, 1, 0])
  expect(why?.shape).toEqual([4, 2])
  expect((why!.data as Float32Array).some((v) => v !== 0)).toBe(true)
})
