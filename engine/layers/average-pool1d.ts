// AveragePool1d: the mean of each window of [N, C, L].
import { averagePool } from '../ops/build.ts'
import { pooling } from './support/pooling.ts'

/** https://onnx.ai/onnx/operators/onnx__AveragePool.html. */
export const averagePool1d = pooling('average-pool1d', 1, { title: 'AveragePool1d', description: 'Keeps the mean of each window' }, averagePool)
