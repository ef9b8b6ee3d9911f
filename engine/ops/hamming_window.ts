// HammingWindow: 25/46 - 21/46·cos(2πn/N).
// https://onnx.ai/onnx/operators/onnx__HammingWindow.html (opset 17)
import type { Graph, Value } from '../graph/graph.ts'
import { signalWindow, windowOfSize, type WindowFunctionOptions } from './support/signal_window.ts'

export const HammingWindow = signalWindow('HammingWindow')

/** N is the size where periodic, else one less. */
export function hammingWindow(graph: Graph, size: number, options: WindowFunctionOptions = {}): Value {
  return windowOfSize(HammingWindow, graph, size, options)
}
