// The installation's folders as run from source.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { built, engineEntry, rendererFolder, rootFolder, samplesFolder } from './paths.ts'

test('folders of the installation, from source', () => {
  expect(built).toBe(false)
  expect(existsSync(path.join(rootFolder, 'package.json'))).toBe(true)
  expect(existsSync(engineEntry)).toBe(true)
  expect(existsSync(samplesFolder)).toBe(true)
  expect(path.relative(rootFolder, rendererFolder)).toBe(path.join('dist', 'renderer'))
})
