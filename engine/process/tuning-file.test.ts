// The file of measured forms: kept across instances, and never in the way of a run.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { TuningFile } from './tuning-file.ts'

let folder = ''
beforeEach(() => { folder = mkdtempSync(path.join(tmpdir(), 'lathe-tuning-')) })
afterEach(() => { rmSync(folder, { recursive: true }) })

const form = { layout: 8, workers: 2, threads: null }

test('what one process kept another finds; damage is an empty file; an unwritable place is no error', () => {
  const file = path.join(folder, 'deep', 'tuning.json')
  const tuning = new TuningFile(file)
  expect(tuning.get('a')).toBeUndefined()
  tuning.set('a', form)
  tuning.set('b', { ...form, workers: 1 })
  tuning.set('a', { ...form, layout: 0 })
  expect(new TuningFile(file).get('a')).toEqual({ ...form, layout: 0 })
  expect(new TuningFile(file).get('b')).toEqual({ ...form, workers: 1 })
  writeFileSync(file, readFileSync(file, 'utf8').replace('"workers": 2', '"workers": -2'))
  expect(tuning.get('b')).toBeUndefined()
  const nowhere = new TuningFile(path.join(file, 'under a file.json'))
  nowhere.set('a', form)
  expect(nowhere.get('a')).toBeUndefined()
})
