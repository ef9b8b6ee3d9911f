// Errors of the graph: wrong use while building, verifying or importing.
export class GraphError extends Error {
  override readonly name = 'GraphError'
  readonly kind = 'graph'
}
