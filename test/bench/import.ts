// Import benchmark: 5,000 PNGs of 28 × 28 from an image folder, decoded, hashed and handed over.
import { rm } from 'node:fs/promises'
import { importSamples } from '../../engine/data/import.ts'
import { tempFolder, writeImageFolder } from '../support/images.ts'

export interface ImportBench {
  readonly images: number
  readonly seconds: number
  readonly perSecond: number
}

/** The files are written first; only the import is timed. */
export async function benchImport(images = 5000, side = 28): Promise<ImportBench> {
  const folder = await tempFolder()
  try {
    await writeImageFolder(folder, images, side)
    let id = 0
    const store = { known: () => false, insert: (batch: readonly unknown[]) => batch.map(() => ++id), setSplits: () => undefined }
    const { seconds, stored } = await importSamples({ input: 'image', paths: [folder], format: 'auto', ratio: [70, 15, 15], as: 'copy', seed: 0, store })
    if (stored !== images) throw new Error(`stored ${stored} of ${images} images`)
    return { images, seconds, perSecond: images / seconds }
  } finally {
    await rm(folder, { recursive: true })
  }
}

if (import.meta.main) {
  const { images, seconds, perSecond } = await benchImport()
  process.stdout.write(`import of ${images} images of 28 × 28: ${seconds.toFixed(2)} s, ${Math.round(perSecond)} images/s\n`)
}
