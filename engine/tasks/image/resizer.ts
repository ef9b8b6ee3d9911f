// Resizer: pixels of any size to the model's input size, by the same graph that the exported file begins with.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Program, tensor } from '../../compile/program.ts'
import { LatheError } from '../../contract/errors.ts'
import type { ImageInput } from '../../contract/recipe.ts'
import type { Pixels } from '../../data/types.ts'
import { Graph } from '../../graph/graph.ts'
import { resizePixels } from './preprocess.ts'

/** Most bytes of the images of one run. */
const MOST = 1 << 20

/** Images of one size, and all of them resized. */
interface Together {
  readonly pixels: Pixels[]
  readonly resized: Promise<Uint8Array>
}

/** Small images of one size that come in the same turn are one run: of a picture of 8 × 8, a run by itself costs more than the picture. */
export class Resizer implements AsyncDisposable {
  readonly #input: ImageInput
  #program: Promise<Program> | null = null
  /** By size, those whose turn is not over. */
  readonly #waiting = new Map<string, Together>()

  /** Compiles nothing until the first image that needs it. */
  constructor(input: ImageInput) {
    this.#input = input
  }

  /** `pixels` of the input's channels → HWC bytes at the input's size. */
  readonly resize = async (pixels: Pixels): Promise<Uint8Array> => {
    const { pixels: all, resized } = this.#join(pixels)
    const at = all.length - 1
    const size = this.#input.height * this.#input.width * this.#input.channels
    return (await resized).slice(at * size, (at + 1) * size)
  }

  #join(pixels: Pixels): Together {
    const size = `${pixels.height} ${pixels.width}`
    const known = this.#waiting.get(size)
    if (known && (known.pixels.length + 1) * pixels.data.length <= MOST) {
      known.pixels.push(pixels)
      return known
    }
    const own = [pixels]
    const made = { pixels: own, resized: this.#run(size, own) }
    this.#waiting.set(size, made)
    return made
  }

  async #run(size: string, all: readonly Pixels[]): Promise<Uint8Array> {
    const program = await (this.#program ??= this.#compile())
    await nextTurn()
    if (this.#waiting.get(size)?.pixels === all) this.#waiting.delete(size)
    const [{ height, width, channels, data }] = all as [Pixels]
    const together = all.length === 1 ? data : new Uint8Array(all.length * data.length)
    if (all.length > 1) all.forEach((one, i) => { together.set(one.data, i * data.length) })
    const { resized } = await program.run({ pixels: tensor('uint8', together, [all.length, height, width, channels]) })
    if (!resized) throw new LatheError('internal', 'resize: no output')
    return resized.data as Uint8Array
  }

  #compile(): Promise<Program> {
    const graph = new Graph('resize')
    graph.output('resized', resizePixels(graph.input('pixels', 'uint8', ['N', 'H', 'W', this.#input.channels]), this.#input))
    return Program.create(graph)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await (await this.#program)?.[Symbol.asyncDispose]()
  }
}
