// ConvTranspose3d: the adjoint of a convolution on [N, C, D, H, W]; with a stride it enlarges the volume.
import { transposed } from './support/transposed.ts'

/** `weight` [channels, filters / groups, …kernel], `bias` [filters]. Zeiler et al., "Deconvolutional networks", 2010; https://onnx.ai/onnx/operators/onnx__ConvTranspose.html. */
export const convTranspose3d = transposed('conv-transpose3d', 3, 'ConvTranspose3d', 'Spreads each voxel of a volume over a window: a learned enlargement')
