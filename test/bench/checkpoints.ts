// Peak memory and time of the gradients of 48 convolutions, kept or computed again in segments; each in a process of its own.
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'

const LAYERS = 48

export async function benchCheckpoints(): Promise<void> {
  let plain: { added: number; ms: number; hash: string } | null = null
  for (const segments of [1, 4, 7, 12]) {
    const { stdout } = await promisify(execFile)(process.execPath, [path.join(import.meta.dirname, 'deep-step.ts'), String(LAYERS), String(segments), '3'])
    const { peak, base, ms, hash } = JSON.parse(stdout) as { peak: number; base: number; ms: number; hash: string }
    const added = (peak - base) / 2 ** 20
    plain ??= { added, ms, hash }
    console.log(`${LAYERS} convolutions, ${segments === 1 ? 'everything kept' : `${segments} segments`}: ${added.toFixed(0)} MB (${(added / plain.added).toFixed(2)}), ${ms.toFixed(0)} ms (${(ms / plain.ms).toFixed(2)}), gradients ${hash === plain.hash ? 'the same' : 'DIFFERENT'}`)
  }
}
