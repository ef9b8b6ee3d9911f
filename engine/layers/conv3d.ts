// Conv3d: three-dimensional convolution on [N, C, D, H, W].
import { convolution } from './support/convolution.ts'

/**
 * `weight` [filters, channels / groups, …kernel], `bias` [filters]; dilated, strided and grouped on request.
 * LeCun et al., "Gradient-based learning applied to document recognition", 1998; https://onnx.ai/onnx/operators/onnx__Conv.html.
 */
export const conv3d = convolution('conv3d', 3, 'Conv3d', 'Slides learned filters over a volume or a film')
