// Conv1d: one-dimensional convolution on [N, C, L].
import { convolution } from './support/convolution.ts'

/**
 * `weight` [filters, channels / groups, …kernel], `bias` [filters]; dilated, strided and grouped on request.
 * LeCun et al., "Gradient-based learning applied to document recognition", 1998; https://onnx.ai/onnx/operators/onnx__Conv.html.
 */
export const conv1d = convolution('conv1d', 1, 'Conv1d', 'Slides learned filters over a sequence')
