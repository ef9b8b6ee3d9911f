// A fitted shallow model as a graph: features in, probabilities and class or a number out.
import { assertNever } from '../../contract/errors.ts'
import { Graph, type Value } from '../../graph/graph.ts'
import { add, argMax, concat, div, gather, gemm, mul, neg, reduceMean, reduceSum, reduceSumSquare, reshape, sigmoid, softmax, sub, topK, unsqueeze } from '../../ops/build.ts'
import type { Fitted, GaussianFit, LinearFit, Link, NeighboursFit, ShallowOutputs } from '../../shallow/fitted.ts'
import type { Standard } from '../../shallow/matrix.ts'
import { treeEnsemble } from './tree-ensemble.ts'

const matrix = (graph: Graph, data: Float32Array, shape: readonly number[]): Value => graph.constant(data, 'float32', shape)

/** Input `features` float32 [N, columns]. Outputs `probabilities` [N, classes], for one class a row also `class` int64 [N]; of numbers `value` [N], or `values` [N, n] where there are several. */
export function shallowGraph(name: string, fitted: Fitted, outputs: ShallowOutputs): Graph {
  const graph = new Graph(name)
  const columns = fitted.kind === 'neighbours' ? fitted.x.columns : fitted.columns
  const x = graph.input('features', 'float32', ['N', columns])
  const out = outputOf(x, fitted)
  if (outputs === 'numbers') {
    if (Number(out.shape[1]) === 1) graph.output('value', reshape(out, [-1]))
    else graph.output('values', out)
    return graph
  }
  graph.output('probabilities', out)
  if (outputs === 'classes') graph.output('class', argMax(out, 1, false))
  return graph
}

function outputOf(x: Value, fitted: Fitted): Value {
  switch (fitted.kind) {
    case 'linear':
      return linked(linear(x, fitted), fitted.link)
    case 'trees':
      return linked(treeEnsemble(x, fitted), fitted.link)
    case 'gaussian':
      return softmax(gaussian(x, fitted), 1)
    case 'neighbours':
      return neighbours(x, fitted)
    default:
      return assertNever(fitted, 'shallow model')
  }
}

function standardised(x: Value, { mean, inverse }: Standard): Value {
  return mul(sub(x, matrix(x.graph, mean, [1, mean.length])), matrix(x.graph, inverse, [1, inverse.length]))
}

function linear(x: Value, { standard, weights, bias, columns }: LinearFit): Value {
  return gemm(standard ? standardised(x, standard) : x, matrix(x.graph, weights, [bias.length, columns]), matrix(x.graph, bias, [bias.length]), { transB: true })
}

/** Differences are taken before they are squared: expanded squares would lose digits. */
function gaussian(x: Value, { standard, mean, variance, logPrior, columns }: GaussianFit): Value {
  const classes = logPrior.length
  const z = unsqueeze(standardised(x, standard), [1])
  const distance = sub(z, matrix(x.graph, mean, [1, classes, columns]))
  const terms = div(mul(distance, distance), matrix(x.graph, variance, [1, classes, columns]))
  const offset = logPrior.map((p, c) => {
    let sum = 0
    for (let j = 0; j < columns; j++) sum += Math.log(2 * Math.PI * (variance[c * columns + j] ?? 1))
    return p - sum / 2
  })
  return add(mul(reduceSum(terms, [2]), -0.5), matrix(x.graph, offset, [1, classes]))
}

function neighbours(x: Value, { k, standard, x: known, y, outputs }: NeighboursFit): Value {
  const z = unsqueeze(standardised(x, standard), [1])
  const distance = reduceSumSquare(sub(z, matrix(x.graph, known.data, [1, known.rows, known.columns])), [2])
  const [, nearest] = topK(neg(distance), k)
  return reduceMean(gather(matrix(x.graph, y, [known.rows, outputs]), nearest, 0), [1])
}

function linked(scores: Value, link: Link): Value {
  if (link === 'identity') return scores
  if (link === 'softmax') return softmax(scores, 1)
  if (link === 'logistic') return sigmoid(scores)
  const p = sigmoid(scores)
  return concat([sub(1, p), p], 1)
}
