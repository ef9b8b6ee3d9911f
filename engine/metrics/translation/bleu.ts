// BLEU of a corpus, as sacreBLEU defines it: 13a tokens, n-grams to 4, exponential smoothing, one reference.
import { ngramCounts, overlap } from './ngrams.ts'

const ORDER = 4

/**
 * mteval-v13a: punctuation stands alone, but for points and commas between digits.
 * https://github.com/mjpost/sacrebleu/blob/master/sacrebleu/tokenizers/tokenizer_13a.py
 */
export function tokenize13a(text: string): string[] {
  const plain = text.replaceAll('<skipped>', '').replaceAll('-\n', '').replaceAll('\n', ' ').replaceAll('&quot;', '"').replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>')
  return ` ${plain} `
    .replace(/([{-~[-` -&(-+:-@/])/g, ' $1 ')
    .replace(/([^0-9])([.,])/g, '$1 $2 ')
    .replace(/([.,])([^0-9])/g, ' $1 $2')
    .replace(/([0-9])(-)/g, '$1 $2 ')
    .split(/\s+/)
    .filter((token) => token !== '')
}

/** What one sentence adds: matching n-grams of each order, all its n-grams of each order, its length, its reference's length. */
export function bleuStatistics(hypothesis: string, reference: string): Float64Array {
  const [ours, theirs] = [tokenize13a(hypothesis), tokenize13a(reference)]
  const out = new Float64Array(2 * ORDER + 2)
  for (let n = 1; n <= ORDER; n++) {
    out[n - 1] = overlap(ngramCounts(ours, n), ngramCounts(theirs, n))
    out[ORDER + n - 1] = Math.max(0, ours.length - n + 1)
  }
  out[2 * ORDER] = ours.length
  out[2 * ORDER + 1] = theirs.length
  return out
}

/**
 * 0 to 100, from sums of `bleuStatistics`. Papineni et al., "BLEU", ACL 2002; Post, "A call for clarity in reporting BLEU
 * scores", WMT 2018, https://arxiv.org/abs/1804.08771 (signature nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp).
 */
export function bleu(sums: ArrayLike<number>): number {
  let [logs, smoothing, any] = [0, 1, false]
  for (let n = 0; n < ORDER; n++) {
    const [correct, total] = [sums[n] ?? 0, sums[ORDER + n] ?? 0]
    if (total === 0) return 0
    if (correct > 0) any = true
    else smoothing *= 2
    logs += Math.log(correct > 0 ? correct / total : 1 / (smoothing * total))
  }
  if (!any) return 0
  const [ours, theirs] = [sums[2 * ORDER] ?? 0, sums[2 * ORDER + 1] ?? 0]
  const brevity = ours < theirs ? Math.exp(1 - theirs / ours) : 1
  return 100 * brevity * Math.exp(logs / ORDER)
}
