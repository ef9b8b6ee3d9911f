// HannWindow: 1/2 - 1/2·cos(2πn/N).
// https://onnx.ai/onnx/operators/onnx__HannWindow.html (opset 17)
import type { Graph, Value } from '../graph/graph.ts'
import { signalWindow, windowOfSize, type WindowFunctionOptions } from './support/signal_window.ts'

export const HannWindow = signalWindow('HannWindow')

/** N is the size where periodic, else one less. */
export function hannWindow(graph: Graph, size: number, options: WindowFunctionOptions = {}): Value {
  return windowOfSize(HannWindow, graph, size, options)
}
