// Tests of reading rows for the grid.
import { expect, test } from 'vitest'
import { rowFields } from './row-fields.ts'

test('whole rows give every field as text', () => {
  expect(rowFields('{"age":3,"name":"Ada","none":null,"list":[1,2]}')).toEqual([{ name: 'age', value: '3' }, { name: 'name', value: 'Ada' }, { name: 'none', value: '–' }, { name: 'list', value: '[1,2]' }])
})

test('the beginning of a row gives the fields that are whole, or the text that was cut', () => {
  expect(rowFields('{"age":3,"size":4.5,"na')).toEqual([{ name: 'age', value: '3' }, { name: 'size', value: '4.5' }])
  expect(rowFields('{"a":"a long text that was cu')).toEqual([{ name: 'a', value: 'a long text that was cu' }])
  expect(rowFields('not a row')).toEqual([{ name: '', value: 'not a row' }])
})
