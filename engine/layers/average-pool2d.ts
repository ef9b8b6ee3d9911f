// AveragePool2d: the mean of each window of [N, C, H, W].
import { averagePool } from '../ops/build.ts'
import { pooling } from './support/pooling.ts'

/** https://onnx.ai/onnx/operators/onnx__AveragePool.html. */
export const averagePool2d = pooling('average-pool2d', 2, { title: 'AveragePool2d', description: 'Keeps the mean of each window' }, averagePool)
