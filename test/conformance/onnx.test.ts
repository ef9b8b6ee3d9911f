// Conformance: the public ONNX backend suite, and cases of our own, through importer, verifier, shape inference, export and runtime.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCases, runCase, type Case, type Outcome } from './case.ts'
import { ownCases } from './own-cases.ts'

const folder = process.env['ONNX_TESTDATA'] ?? path.resolve(import.meta.dirname, '../../../shared/conformance/onnx')
/** The issue's line, of the cases whose operators are standard. */
const LEAST = 0.85
/** Of the 665 cases of that folder; raise it when operators land. */
const FLOOR = 600

type Kind = Outcome['kind']
type Result = { readonly name: string; readonly outcome: Outcome }

async function run(cases: readonly Case[]): Promise<Result[]> {
  const results: Result[] = []
  for (const c of cases) results.push({ name: c.name, outcome: await runCase(c) })
  return results
}

const of = <K extends Kind>(results: readonly Result[], kind: K): (Extract<Outcome, { kind: K }> & { name: string })[] => results.flatMap(({ name, outcome }) => (outcome.kind === kind ? [{ ...(outcome as Extract<Outcome, { kind: K }>), name }] : []))

function report(results: readonly Result[]): string {
  const [passed, unsupported, runtime, failed] = [of(results, 'passed'), of(results, 'unsupported'), of(results, 'runtime'), of(results, 'failed')]
  const counts = new Map<string, number>()
  for (const u of unsupported) {
    const key = `${u.operator}${u.standard ? '' : ' (out of scope)'}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const standard = results.length - unsupported.filter((u) => !u.standard).length
  return [
    `conformance: ${passed.length} of ${standard} standard cases passed (${((100 * passed.length) / standard).toFixed(1)} %), ${unsupported.length} unsupported, ${failed.length} failed, of ${results.length} in all`,
    `  bit for bit as ORT runs the file itself: ${passed.filter((p) => p.identical === true).length}; files that ORT does not load: ${passed.filter((p) => p.identical === null).length}`,
    `  unsupported: ${[...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([k, n]) => `${k} ${n}`).join(', ') || 'none'}`,
    ...runtime.map((r) => `  the runtime differs from the suite: ${r.name}: ${r.why}`),
    ...failed.map((f) => `  failed: ${f.name}: ${f.why}`),
  ].join('\n')
}

describe('conformance', () => {
  it('passes its own cases', async () => {
    const results = await run(ownCases)
    expect(of(results, 'passed').map((p) => [p.name, p.identical]), report(results)).toEqual(ownCases.map((c) => [c.name, true]))
  })

  it('says what is wrong', async () => {
    const [first, second] = ownCases
    if (!first || !second) throw new Error('no cases')
    const swapped: Case = { ...first, sets: [{ inputs: first.sets[0]?.inputs ?? [], outputs: second.sets[0]?.outputs ?? [] }] }
    expect(await runCase(swapped)).toMatchObject({ kind: 'runtime', why: "output 'y' is float32 [2, 4], expected float32 [1, 1, 2, 2]" })
    expect(await runCase({ ...first, model: first.model.subarray(0, 90) })).toMatchObject({ kind: 'failed' })
  })

  if (!existsSync(folder)) console.log(`conformance: no public cases in ${folder}; set ONNX_TESTDATA to a folder that has them. Only our own were run`)
  it.skipIf(!existsSync(folder))(
    'passes the public suite',
    async () => {
      const cases = readCases(folder)
      expect(cases.length, `cases in ${folder}`).toBeGreaterThan(0)
      const results = await run(cases)
      console.log(report(results))
      const [passed, unsupported] = [of(results, 'passed'), of(results, 'unsupported')]
      expect(of(results, 'failed').map((f) => `${f.name}: ${f.why}`)).toEqual([])
      expect(passed.filter((p) => p.identical === false).map((p) => p.name), 'other numbers than ORT gives for the file itself').toEqual([])
      expect(passed.length / (cases.length - unsupported.filter((u) => !u.standard).length)).toBeGreaterThanOrEqual(LEAST)
      if (cases.length === 665) expect(passed.length).toBeGreaterThanOrEqual(FLOOR)
    },
    120_000,
  )
})
