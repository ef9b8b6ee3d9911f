// AveragePool3d: the mean of each window of [N, C, D, H, W].
import { averagePool } from '../ops/build.ts'
import { pooling } from './support/pooling.ts'

/** https://onnx.ai/onnx/operators/onnx__AveragePool.html. */
export const averagePool3d = pooling('average-pool3d', 3, { title: 'AveragePool3d', description: 'Keeps the mean of each window' }, averagePool)
