// Every operator file is registered, under its ONNX name, with a test beside it.
import { existsSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ops } from './index.ts'
import * as build from './build.ts'

const files = readdirSync(import.meta.dirname)
  .filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts') && f !== 'index.ts' && f !== 'build.ts')
  .map((f) => f.slice(0, -3))

describe('operator registry', () => {
  it.each(files)('%s.ts is registered', async (file) => {
    const exported = Object.values((await import(`./${file}.ts`)) as Record<string, unknown>)
    expect(exported.filter((v) => Object.values<unknown>(ops).includes(v)), 'operators of the file that the registry names').toHaveLength(1)
  })

  it.each(files)('%s.ts has a test and its builders are exported', async (file) => {
    expect(existsSync(`${import.meta.dirname}/${file}.test.ts`)).toBe(true)
    const functions = Object.entries((await import(`./${file}.ts`)) as Record<string, unknown>).filter(([, v]) => typeof v === 'function')
    for (const [name, f] of functions) expect((build as Record<string, unknown>)[name], name).toBe(f)
  })

  it.each(Object.entries(ops))('%s is registered under its ONNX name', (name, op) => {
    expect(op.name).toBe(name)
    expect(files).toHaveLength(Object.keys(ops).length)
  })
})
