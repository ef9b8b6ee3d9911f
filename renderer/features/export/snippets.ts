// How to run an exported file, in Python and Node, with its real names, shapes and classes.
import type { Inspection } from '../../../engine/contract/commands.ts'

export interface Snippet {
  readonly language: 'Python' | 'Node'
  readonly needs: string
  readonly code: string
}
interface Door {
  readonly input: string
  readonly probabilities: string
  readonly channels: 1 | 3
  /** Fixed sides of the input, or null where any size is taken. */
  readonly height: number | null
  readonly width: number | null
  /** N, H, W, C with a batch, or one picture H, W, C. */
  readonly batched: boolean
}

/** Reads the picture input off the file; null when it has none that is N × H × W × C. */
export function doorOf(file: Pick<Inspection, 'inputs' | 'outputs'>): Door | null {
  const input = file.inputs[0]
  const output = file.outputs.find((o) => o.name.includes('prob')) ?? file.outputs[0]
  const shape = input?.shape ?? []
  const channels = shape.at(-1)
  if (!input || !output || (shape.length !== 4 && shape.length !== 3) || (channels !== 1 && channels !== 3)) return null
  const fixed = (side: number | string | undefined): number | null => (typeof side === 'number' && side > 0 ? side : null)
  return { input: input.name, probabilities: output.name, channels, height: fixed(shape.at(-3)), width: fixed(shape.at(-2)), batched: shape.length === 4 }
}

export function snippets(fileName: string, file: Pick<Inspection, 'inputs' | 'outputs' | 'metadata'>): readonly Snippet[] {
  const door = doorOf(file)
  if (!door) return []
  return [
    { language: 'Python', needs: 'pip install onnxruntime pillow numpy', code: python(fileName, door, 'classes' in file.metadata) },
    { language: 'Node', needs: 'npm install onnxruntime-node sharp', code: node(fileName, door) },
  ]
}

function python(fileName: string, door: Door, classes: boolean): string {
  const size = door.height !== null && door.width !== null ? `.resize((${door.width}, ${door.height}))` : ''
  const channel = door.channels === 1 ? '[:, :, None]' : ''
  return [
    'import json, numpy as np, onnxruntime as ort',
    'from PIL import Image',
    '',
    `session = ort.InferenceSession(${JSON.stringify(fileName)})`,
    `picture = np.asarray(Image.open("picture.png").convert("${door.channels === 1 ? 'L' : 'RGB'}")${size}, dtype=np.uint8)${channel}`,
    `[probabilities] = session.run([${JSON.stringify(door.probabilities)}], {${JSON.stringify(door.input)}: picture${door.batched ? '[None]' : ''}})`,
    ...(classes ? ['classes = json.loads(session.get_modelmeta().custom_metadata_map["classes"])', 'best = int(probabilities.argmax())', 'print(classes[best], probabilities.ravel()[best])'] : ['print(probabilities)']),
  ].join('\n')
}

function node(fileName: string, door: Door): string {
  const size = door.height !== null && door.width !== null ? `.resize(${door.width}, ${door.height}, { fit: 'fill' })` : ''
  const pixels = door.channels === 1 ? '.greyscale()' : ".toColourspace('srgb').removeAlpha()"
  return [
    "import { InferenceSession, Tensor } from 'onnxruntime-node'",
    "import sharp from 'sharp'",
    '',
    `const session = await InferenceSession.create(${JSON.stringify(fileName)})`,
    `const { data, info } = await sharp('picture.png')${size}${pixels}.raw().toBuffer({ resolveWithObject: true })`,
    `const picture = new Tensor('uint8', new Uint8Array(data), [${door.batched ? '1, ' : ''}info.height, info.width, ${door.channels}])`,
    `const result = await session.run({ ${JSON.stringify(door.input)}: picture })`,
    `console.log(result[${JSON.stringify(door.probabilities)}].data)`,
  ].join('\n')
}
