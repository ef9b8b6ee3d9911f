// ConvTranspose2d: the adjoint of a convolution on [N, C, H, W]; with a stride it enlarges the picture.
import { transposed } from './support/transposed.ts'

/** `weight` [channels, filters / groups, …kernel], `bias` [filters]. Zeiler et al., "Deconvolutional networks", 2010; https://onnx.ai/onnx/operators/onnx__ConvTranspose.html. */
export const convTranspose2d = transposed('conv-transpose2d', 2, 'ConvTranspose2d', 'Spreads each pixel over a window: a learned enlargement')
