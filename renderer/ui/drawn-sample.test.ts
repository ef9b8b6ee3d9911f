// DrawnSample: each kind as it looks.
import ui from '@nuxt/ui/vue-plugin'
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { DrawnItem } from '../../engine/contract/drawn.ts'
import { classId } from '../../engine/contract/ids.ts'
import DrawnSample from './DrawnSample.vue'
import { classColour } from './colours.ts'

function show(item: DrawnItem, positionOf?: (of: number) => number): ReturnType<typeof mount> {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: defineComponent(() => () => h('div')) }] })
  return mount(DrawnSample, { props: { item, width: 100, height: 50, ...(positionOf && { positionOf }) }, global: { plugins: [router, ui] } })
}

test('pixels with the boxes of their label, in the colours of the classes', () => {
  const drawn = show({ kind: 'pixels', width: 8, height: 8, channels: 1, data: new Uint8Array(64), label: { kind: 'boxes', boxes: [{ class: classId.parse(7), x: 1, y: 2, width: 3, height: 4 }] } }, (id) => (id === 7 ? 2 : -1))
  expect(drawn.get('canvas').attributes()).toMatchObject({ width: '8', height: '8' })
  expect(drawn.findAll('rect').at(-1)!.attributes()).toMatchObject({ x: '1', y: '2', width: '3', height: '4', stroke: classColour(2) })
})

test('a wave with what is covered of time and of frequencies, the lowest at the bottom', () => {
  const drawn = show({ kind: 'wave', data: Float32Array.of(-1, 1, 0, 0), covered: [{ over: 'time', from: 0.2, to: 0.5 }, { over: 'bands', from: 0, to: 0.25 }] })
  expect(drawn.get('path').attributes('d')).toContain('M0.0')
  expect(drawn.findAll('[data-testid=covered]').map((rect) => ['x', 'y', 'width', 'height'].map((name) => Number(rect.attributes(name))))).toEqual([[20, 0, 30, 50], [0, 37.5, 100, 12.5]])
})

test('texts with their spans and their answer, as text', () => {
  const drawn = show({ kind: 'texts', texts: ['In <b>Rome</b>', 'second'], spans: [{ start: 3, end: 14, class: 1 }], answer: 'place' })
  expect(drawn.text()).toContain('In <b>Rome</b>')
  expect(drawn.text()).toMatch(/→ place$/)
  expect(drawn.findAll('span').filter((piece) => piece.attributes('style')?.includes('box-shadow')).map((piece) => piece.text())).toEqual(['<b>Rome</b>'])
})

test('lines, points, words', () => {
  expect(show({ kind: 'lines', channels: 2, data: Float32Array.of(0, 1, 1, 0) }).findAll('path')).toHaveLength(2)
  expect(show({ kind: 'points', x: Float32Array.of(1, 2), y: Float32Array.of(1, 2), classes: Uint8Array.of(0, 1) }).findAll('circle').map((dot) => dot.attributes('fill'))).toEqual([classColour(0), classColour(1)])
  expect(show({ kind: 'words', words: ['a', 'b'] }).text()).toBe('a b')
  const changed = mount(DrawnSample, { props: { item: { kind: 'words', words: ['a', '[UNK]', 'c'] }, from: { kind: 'words', words: ['a', 'b', 'c'] }, width: 1, height: 1 } })
  expect(changed.findAll('mark').map((word) => word.text())).toEqual(['[UNK]'])
})
