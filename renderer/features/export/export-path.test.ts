// Tests of the default place of an export.
import { expect, test } from 'vitest'
import { defaultFile, folderOf } from './export-path.ts'

test('beside the project, on any system', () => {
  expect(folderOf('/home/a/digits.lathe')).toBe('/home/a')
  expect(folderOf('C:\\data\\digits.lathe')).toBe('C:\\data')
  expect(folderOf('digits.lathe')).toBe('')
})

test('names that no file system refuses', () => {
  expect(defaultFile('Digits', 'run 3')).toBe('digits-run-3.onnx')
  expect(defaultFile('Ziffern für alle', '<script>/..')).toBe('ziffern-für-alle-script.onnx')
  expect(defaultFile('???', '')).toBe('model.onnx')
})
