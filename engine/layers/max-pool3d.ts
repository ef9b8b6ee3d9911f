// MaxPool3d: the largest value of each window of [N, C, D, H, W].
import { maxPool } from '../ops/build.ts'
import { pooling } from './support/pooling.ts'

/** https://onnx.ai/onnx/operators/onnx__MaxPool.html. */
export const maxPool3d = pooling('max-pool3d', 3, { title: 'MaxPool3d', description: 'Keeps the largest value of each window' }, maxPool)
