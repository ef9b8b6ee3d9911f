// MaxPool2d: the largest value of each window of [N, C, H, W].
import { maxPool } from '../ops/build.ts'
import { pooling } from './support/pooling.ts'

/** https://onnx.ai/onnx/operators/onnx__MaxPool.html. */
export const maxPool2d = pooling('max-pool2d', 2, { title: 'MaxPool2d', description: 'Keeps the largest value of each window' }, maxPool)
