// Attribution maps that lie over no picture: words, columns, time and frequencies.
import { mount } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import type { Explanation } from '../../../engine/contract/commands.ts'
import AttributionMap from './AttributionMap.vue'
import ColumnMap from './ColumnMap.vue'
import GridMap from './GridMap.vue'
import { mapColour } from './map-colour.ts'

afterEach(() => { vi.restoreAllMocks() })

/** What is painted, as `x,y colour`. */
function painted(): string[] {
  const calls: string[] = []
  const context = { fillStyle: '', clearRect: () => { calls.length = 0 }, fillRect(x: number, y: number) { calls.push(`${x},${y} ${this.fillStyle}`) } }
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation((() => context) as never)
  return calls
}

test('columns: the largest first whatever its sign, with their values, bars left for against and right for', () => {
  const map = mount(ColumnMap, { props: { map: Float32Array.of(0.1, -2, 1), labels: ['age', 'mass', 'height'], values: new Map([['mass', '80 kg']]), signed: true, opacity: 1 } })
  const rows = map.findAll('li').map((row) => row.findAll(':scope > span').map((cell) => cell.text()))
  expect(rows.map(([name, given]) => [name, given])).toEqual([['mass', '80 kg'], ['height', ''], ['age', '']])
  expect(rows.map((cells) => cells.at(-1))).toEqual(['−2.00', '1.00', '0.100'])
  const bars = map.findAll('li').map((row) => row.findAll('.grid-cols-2 > span').map((half) => half.find('span').exists()))
  expect(bars).toEqual([[true, false], [false, true], [false, true]])
  const widths = map.findAll('[style*=width]').map((bar) => Math.round(Number.parseFloat((bar.element as HTMLElement).style.width)))
  expect(widths).toEqual([100, 50, 5])
})

test('magnitudes of columns have one bar each, without halves', () => {
  const map = mount(ColumnMap, { props: { map: Float32Array.of(1, 3), labels: ['a', 'b'], values: null, signed: false, opacity: 1 } })
  expect(map.findAll('.grid-cols-2')).toHaveLength(0)
  expect(map.findAll('li').map((row) => row.get('span').text())).toEqual(['b', 'a'])
})

test('over time: each cell in its colour, repainted with another opacity; frequencies from bottom to top', async () => {
  const calls = painted()
  const values = Float32Array.of(1, -2, 0, 4, 0, 0)
  const map = mount(GridMap, { props: { map: values, width: 3, height: 2, labels: ['x', 'y'], times: ['-1 s', '0 s', '1 s'], signed: true, opacity: 1, upwards: false } })
  expect(calls).toHaveLength(6)
  expect(calls).toContain(`1,0 ${mapColour(-2, 4, true, 1)}`)
  expect(calls).toContain(`0,1 ${mapColour(4, 4, true, 1)}`)
  expect(map.findAll('li').map((row) => row.text())).toEqual(['x', 'y'])
  expect(map.get('p').text()).toBe('−1 s1 s')
  await map.setProps({ opacity: 0.5 })
  expect(calls).toContain(`0,1 ${mapColour(4, 4, true, 0.5)}`)
  await map.setProps({ upwards: true, opacity: 1, map: Float32Array.of(0, 0, 0, 4, 0, 0) })
  expect(calls).toContain(`0,0 ${mapColour(4, 4, true, 1)}`)
})

test('the level of the backdrop lies under the map; too many rows have no names', () => {
  const calls = painted()
  const map = mount(GridMap, { props: { map: new Float32Array(20), width: 1, height: 20, labels: Array.from({ length: 20 }, (_, i) => `band ${i}`), times: [], signed: false, opacity: 1, upwards: true, backdrop: Array.from({ length: 20 }, (_, i) => i) } })
  expect(calls.slice(0, 2)).toEqual(['0,0 rgb(19 19 19)', `0,0 ${mapColour(0, 0, false, 1)}`])
  expect(map.findAll('li')).toHaveLength(0)
  expect(map.get('p').text()).toBe('startend')
})

test('each kind of explanation has its map, with names or numbers of its parts', () => {
  painted()
  const of = (kind: Explanation['kind'], labels: Explanation['labels'], width: number, height = 1): ReturnType<typeof mount> =>
    mount(AttributionMap, { props: { explanation: { kind, labels, width, height, map: new Float32Array(width * height).fill(1), signed: true } as unknown as Explanation, opacity: 1 } })
  expect(of('tokens', { columns: ['not', 'bad'] }, 2).get('[data-testid=token-map]').text().split(/\s+/)).toEqual(['not', 'bad'])
  expect(of('columns', null, 2).findAll('li').map((row) => row.get('span').text())).toEqual(['1', '2'])
  expect(of('series', { rows: ['x'] }, 4).get('[data-testid=grid-map]').attributes('aria-label')).toBe('attribution over time, 1 by 4')
  expect(of('spectrogram', null, 4, 2).find('[data-testid=grid-map]').exists()).toBe(true)
})
