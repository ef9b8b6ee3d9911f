// BlackmanWindow: 0.42 - 0.5·cos(2πn/N) + 0.08·cos(4πn/N).
// https://onnx.ai/onnx/operators/onnx__BlackmanWindow.html (opset 17)
import type { Graph, Value } from '../graph/graph.ts'
import { signalWindow, windowOfSize, type WindowFunctionOptions } from './support/signal_window.ts'

export const BlackmanWindow = signalWindow('BlackmanWindow')

/** N is the size where periodic, else one less. */
export function blackmanWindow(graph: Graph, size: number, options: WindowFunctionOptions = {}): Value {
  return windowOfSize(BlackmanWindow, graph, size, options)
}
