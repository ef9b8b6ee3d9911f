// wordMarks(): the words of an answer, and which of them the truth has not.

export interface MarkedWord {
  /** With the white space before it. */
  readonly text: string
  readonly wrong: boolean
}

/** Longest longer texts are not compared: the table of a comparison grows with both. */
const MOST = 2000

/** By the longest common subsequence of words. Hunt and McIlroy, "An algorithm for differential file comparison", 1976. */
export function wordMarks(answer: string, truth: string): MarkedWord[] {
  const [ours, theirs] = [answer.match(/\s*\S+/g) ?? [], truth.match(/\S+/g) ?? []]
  if (ours.length > MOST || theirs.length > MOST) return [{ text: answer, wrong: answer.trim() !== truth.trim() }]
  const words = ours.map((word) => word.trim())
  const width = theirs.length + 1
  const longest = new Uint16Array((ours.length + 1) * width)
  for (let i = words.length - 1; i >= 0; i--) {
    for (let j = theirs.length - 1; j >= 0; j--) {
      longest[i * width + j] = words[i] === theirs[j] ? (longest[(i + 1) * width + j + 1] ?? 0) + 1 : Math.max(longest[(i + 1) * width + j] ?? 0, longest[i * width + j + 1] ?? 0)
    }
  }
  let j = 0
  return ours.map((text, i) => {
    while (j < theirs.length && words[i] !== theirs[j] && (longest[i * width + j + 1] ?? 0) > (longest[(i + 1) * width + j] ?? 0)) j++
    const wrong = words[i] !== theirs[j]
    if (!wrong) j++
    return { text, wrong }
  })
}
