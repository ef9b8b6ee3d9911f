// Resizer: pixels of any size to the model's input size, by the same graph that the exported file begins with.
import { Program, tensor } from '../../compile/program.ts'
import { LatheError } from '../../contract/errors.ts'
import type { ImageInput } from '../../contract/recipe.ts'
import type { Pixels } from '../../data/types.ts'
import { Graph } from '../../graph/graph.ts'
import { resizePixels } from './preprocess.ts'

export class Resizer implements AsyncDisposable {
  readonly #input: ImageInput
  #program: Promise<Program> | null = null

  /** Compiles nothing until the first image that needs it. */
  constructor(input: ImageInput) {
    this.#input = input
  }

  /** `pixels` of the input's channels → HWC bytes at the input's size. */
  readonly resize = async (pixels: Pixels): Promise<Uint8Array> => {
    const program = await (this.#program ??= this.#compile())
    const { resized } = await program.run({ pixels: tensor('uint8', pixels.data, [1, pixels.height, pixels.width, pixels.channels]) })
    if (!resized) throw new LatheError('internal', 'resize: no output')
    return resized.data as Uint8Array
  }

  #compile(): Promise<Program> {
    const graph = new Graph('resize')
    graph.output('resized', resizePixels(graph.input('pixels', 'uint8', [1, 'H', 'W', this.#input.channels]), this.#input))
    return Program.create(graph)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await (await this.#program)?.[Symbol.asyncDispose]()
  }
}
