// Memory of tensors that nobody wants.

/** Gives it back at once; the collector would let many a step's pile up. The binding copies every output, also one that ONNX Runtime wrote where it was told to. */
export function release({ data }: { readonly data: unknown }): void {
  if (ArrayBuffer.isView(data) && data.buffer instanceof ArrayBuffer) data.buffer.transfer(0)
}
