// lathe inspect MODEL.onnx: what is in any ONNX file.
import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { table } from '../output.ts'

export const inspectCommand = defineCommand({
  summary: 'show what is in an ONNX file',
  arguments: '<model>',
  options: [],
  schema: z.object({ model: z.string() }),
  async run({ model }, cli) {
    const { results } = await cli.services()
    const found = await results.inspect({ path: model })
    const port = (way: string) => (one: (typeof found.inputs)[number]): string[] => [way, one.name, one.dtype, `[${one.shape.join(', ')}]`]
    cli.print(`${model}: ${found.nodes} nodes, ${found.parameters.toLocaleString('en')} parameters, opset ${found.opset}, IR ${found.irVersion}${found.producer ? `, by ${found.producer}` : ''}`)
    cli.print(...table([...found.inputs.map(port('  input')), ...found.outputs.map(port('  output'))]))
    cli.print(...table(found.ops.map(({ op, domain, count }) => [`  ${domain ? `${domain}.` : ''}${op}`, count])))
    cli.print(...Object.entries(found.metadata).map(([key, value]) => `  ${key}: ${value.length > 100 ? `${value.slice(0, 100)}…` : value}`))
    return { ...found }
  },
})
