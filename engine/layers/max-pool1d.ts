// MaxPool1d: the largest value of each window of [N, C, L].
import { maxPool } from '../ops/build.ts'
import { pooling } from './support/pooling.ts'

/** https://onnx.ai/onnx/operators/onnx__MaxPool.html. */
export const maxPool1d = pooling('max-pool1d', 1, { title: 'MaxPool1d', description: 'Keeps the largest value of each window' }, maxPool)
