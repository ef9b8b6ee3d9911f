// The command line and its engine inside a test's own process, with a data folder of its own; gives the last JSON line.
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, vi } from 'vitest'
import { runCli } from '../../main/cli/program.ts'
import { engineHere } from './engine-here.ts'

export interface Cli {
  /** A path in the test's folder. */
  at(...names: string[]): string
  /** Runs with --json; expects exit 0 and nothing on stderr; gives the `done` line. */
  done(...args: string[]): Promise<Record<string, unknown>>
  /** Runs and expects exit code and one line on stderr; gives the line. */
  fails(...args: string[]): Promise<string>
}

/** To be called once, at the top of a test file: the folder goes when its tests are over. */
export function testCli(): Cli {
  const home = mkdtempSync(path.join(os.tmpdir(), 'lathe-cli-'))
  afterAll(() => {
    rmSync(home, { recursive: true, force: true })
  })
  const at = (...names: string[]): string => path.join(home, ...names)
  const run = async (args: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }> => {
    const text = { stdout: '', stderr: '' }
    const spies = (['stdout', 'stderr'] as const).map((name) => vi.spyOn(process[name], 'write').mockImplementation((chunk) => ((text[name] += String(chunk)), true)))
    vi.stubEnv('LATHE_HOME', at('home'))
    try {
      return { code: await runCli(args, engineHere), ...text }
    } finally {
      for (const spy of spies) spy.mockRestore()
      vi.unstubAllEnvs()
    }
  }
  return {
    at,
    done: async (...args) => {
      const { code, stdout, stderr } = await run([...args, '--json'])
      expect({ code, stderr }, args.join(' ')).toEqual({ code: 0, stderr: '' })
      return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Record<string, unknown>
    },
    fails: async (...args) => {
      const { code, stderr } = await run(args)
      expect(code, args.join(' ')).not.toBe(0)
      expect(stderr.trim().split('\n')).toHaveLength(1)
      return stderr.trim()
    },
  }
}
