// ConvTranspose1d: the adjoint of a convolution on [N, C, L]; with a stride it enlarges the signal.
import { transposed } from './support/transposed.ts'

/** `weight` [channels, filters / groups, …kernel], `bias` [filters]. Zeiler et al., "Deconvolutional networks", 2010; https://onnx.ai/onnx/operators/onnx__ConvTranspose.html. */
export const convTranspose1d = transposed('conv-transpose1d', 1, 'ConvTranspose1d', 'Spreads each place of a sequence over a window: a learned lengthening')
