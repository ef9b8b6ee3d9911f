// Power spectrum of real frames by the radix-2 fast Fourier transform.

/** |X_k|² for k = 0 … n / 2 of `frame`, whose length n is a power of two. Cooley and Tukey, 1965. */
export function powerSpectrum(frame: Float64Array): Float64Array {
  const n = frame.length
  const re = new Float64Array(n)
  const im = new Float64Array(n)
  const bits = Math.log2(n)
  for (let i = 0; i < n; i++) {
    let j = 0
    for (let b = 0; b < bits; b++) j |= ((i >> b) & 1) << (bits - 1 - b)
    re[j] = frame[i] ?? 0
  }
  for (let size = 2; size <= n; size *= 2) {
    for (let start = 0; start < n; start += size) {
      for (let k = 0; k < size / 2; k++) {
        const [c, s] = [Math.cos((-2 * Math.PI * k) / size), Math.sin((-2 * Math.PI * k) / size)]
        const [a, b] = [start + k, start + k + size / 2]
        const [x, y] = [(re[b] ?? 0) * c - (im[b] ?? 0) * s, (re[b] ?? 0) * s + (im[b] ?? 0) * c]
        re[b] = (re[a] ?? 0) - x
        im[b] = (im[a] ?? 0) - y
        re[a] = (re[a] ?? 0) + x
        im[a] = (im[a] ?? 0) + y
      }
    }
  }
  return Float64Array.from({ length: n / 2 + 1 }, (_, k) => (re[k] ?? 0) ** 2 + (im[k] ?? 0) ** 2)
}
