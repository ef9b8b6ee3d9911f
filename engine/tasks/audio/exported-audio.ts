// The file's side of tasks about audio: a waveform in, everything else inside; and how attributions lie over the spectrogram.
import { dctMatrix, scales } from '../../audio/mel.ts'
import { mapShape } from '../../audio/front-end.ts'
import { place, type Anchor } from '../../audio/place.ts'
import { tensor } from '../../compile/program.ts'
import type { MapLabels } from '../../contract/commands.ts'
import { scalingOf, type FrontEnd } from '../../contract/inputs/audio.ts'
import type { TrainConfig } from '../../contract/recipe.ts'
import type { AttributionMap, ExportDef } from '../task.ts'
import { frontOf, heard } from './audio-set.ts'

export function exportedAudio(anchor: Anchor): Pick<ExportDef, 'inputs' | 'describe' | 'feeds'> {
  return {
    inputs: (graph, config) => ({ wave: graph.input('waveform', 'float32', ['N', frontOf(config).samples]) }),
    describe: (config) => {
      const { rate, samples, frame, hop, fft, mels, low, high, scale, offset, features, coefficients } = frontOf(config)
      const [mean, std] = scalingOf(frontOf(config))
      return {
        name: 'waveform',
        dtype: 'float32',
        layout: 'N, samples',
        rate,
        samples,
        channels: 1,
        range: '-1 to 1 at full scale',
        shorter: anchor === 'middle' ? 'silence (zeros) on both sides, evenly' : 'silence (zeros) behind',
        longer: anchor === 'middle' ? 'the loudest stretch' : 'cut at the end',
        preprocessing: `inside the model: Hann window of ${frame} samples every ${hop}, |DFT of length ${fft}|^2, ${mels} ${scale} mel bands from ${low} to ${high} Hz, log(x + ${offset})${features === 'mfcc' ? `, DCT-II to ${coefficients} coefficients` : ''}, then (value - mean) / std by band`,
        mean,
        std,
      }
    },
    feeds: async (bytes, config) => {
      const front = frontOf(config)
      const wave = new Float32Array(front.samples)
      place(await heard(bytes, front), wave, 0, front.samples, anchor)
      return { waveform: tensor('float32', wave, [1, front.samples]) }
    },
  }
}

/** Low bands first, time along the rows; integrated gradients start from silence. */
export function audioAttribution(config: TrainConfig): AttributionMap {
  const front = frontOf(config)
  const [, rows, frames] = mapShape(front)
  return { kind: 'spectrogram', height: rows, width: frames, cell: (i) => i, baseline: silence(front) }
}

/** The normalised map of a waveform of zeros. */
function silence(front: FrontEnd): Float32Array {
  const [, rows, frames] = mapShape(front)
  const floor = Math.log(front.offset)
  const matrix = front.features === 'mfcc' ? dctMatrix(front.coefficients, front.mels) : null
  const [mean, std] = scalingOf(front)
  const out = new Float32Array(rows * frames)
  for (let r = 0; r < rows; r++) {
    const value = matrix ? floor * matrix.subarray(r * front.mels, (r + 1) * front.mels).reduce((a, b) => a + b, 0) : floor
    out.fill((value - (mean[r] ?? mean[0] ?? 0)) / (std[r] ?? std[0] ?? 1), r * frames, (r + 1) * frames)
  }
  return out
}

/** Centre of each band, or the number of each coefficient; begin of each frame. */
export function audioLabels(config: TrainConfig): MapLabels {
  const { features, scale, low, high, mels, coefficients, hop, rate, ...rest } = frontOf(config)
  const { toMel, toHertz } = scales[scale]
  const centre = (m: number): string => `${Math.round(toHertz(toMel(low) + ((toMel(high) - toMel(low)) * (m + 1)) / (mels + 1)))} Hz`
  const rows = features === 'mfcc' ? Array.from({ length: coefficients }, (_, k) => `c${k}`) : Array.from({ length: mels }, (_, m) => centre(m))
  const [, , frames] = mapShape({ features, scale, low, high, mels, coefficients, hop, rate, ...rest })
  return { rows, columns: Array.from({ length: frames }, (_, t) => `${((t * hop) / rate).toFixed(2)} s`) }
}
