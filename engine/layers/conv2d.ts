// Conv2d: two-dimensional convolution on [N, C, H, W].
import { convolution } from './support/convolution.ts'

/**
 * `weight` [filters, channels / groups, …kernel], `bias` [filters]; dilated, strided and grouped on request.
 * LeCun et al., "Gradient-based learning applied to document recognition", 1998; https://onnx.ai/onnx/operators/onnx__Conv.html.
 */
export const conv2d = convolution('conv2d', 2, 'Conv2d', 'Slides learned filters over the picture')
