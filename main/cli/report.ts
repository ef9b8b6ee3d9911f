// report: what the demo did, its figures, hashes and parity, as Markdown.
import type { RunRecord } from '../../db/contract/records.ts'
import type { Evaluation, Explanation, ExportResult, ModelSummary } from '../../engine/contract/commands.ts'
import { bytesText, metricText, secondsText } from './output.ts'

export interface DemoResult {
  readonly run: RunRecord
  readonly size: ModelSummary
  readonly split: { readonly train: number; readonly val: number; readonly test: number; readonly leaks: number }
  readonly evaluation: Evaluation
  readonly sample: number
  readonly explanations: readonly { readonly file: string; readonly explanation: Explanation }[]
  readonly exported: ExportResult
  readonly licence: string | null
  readonly versions: Readonly<Record<string, string>>
  readonly seconds: number
}

export function report({ run, size, split, evaluation, sample, explanations, exported, licence, versions, seconds }: DemoResult): string {
  const { config } = run
  const { parity } = exported
  const metrics = Object.entries(evaluation.metrics).map(([name, value]) => {
    const interval = evaluation.intervals[name]
    return `| ${name} | ${metricText(value)} | ${interval ? `${metricText(interval.low)} to ${metricText(interval.high)}` : ''} |`
  })
  const pictures = explanations.map(({ file, explanation: { method, target, completenessGap, trust } }) => [
    `![Sample ${sample} beside what speaks for ${target.class}](${file})`,
    '',
    `${method}: sample ${sample} is taken for ${target.class}${target.probability === null ? '' : ` (${(100 * target.probability).toFixed(1)} %)`}${completenessGap === null ? '' : `, completeness gap ${metricText(completenessGap)}`}. Trust: ${trust.verdict}. ${trust.reasons.join(' ')}`,
    '',
  ])
  return [
    '# Demo: handwritten digits',
    '',
    `Made by \`npm run demo\` in ${secondsText(seconds)} with ${Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', ')}.`,
    '',
    `Data: train ${split.train}, val ${split.val}, test ${split.test} samples; ${split.leaks} exact duplicates across splits. ${licence ?? ''}`,
    '',
    `Model: ${config.model}, ${size.parameters.toLocaleString('en')} parameters (${bytesText(size.bytes)}), ${size.multiplyAdds.toLocaleString('en')} multiply-adds a sample. Trained ${metricText(run.epoch)} epochs (${run.step} steps) in ${secondsText(run.seconds)}: batch ${config.batch}, ${config.optimizer}, learning rate ${config.lr}, seed ${config.seed}.`,
    '',
    '![Loss and accuracy by epoch](curves.svg)',
    '',
    `## Test split, ${evaluation.samples} samples`,
    '',
    '| metric | value | 95 % |',
    '| --- | --- | --- |',
    ...metrics,
    '',
    '## Explanation',
    '',
    ...pictures.flat(),
    '## Export',
    '',
    `\`digits.onnx\`: ${bytesText(exported.bytes)}, opset ${exported.opset}, preprocessing inside.`,
    '',
    `Parity with the app: largest difference of a probability ${parity.maxAbsDiff.toExponential(2)} (at most ${parity.tolerance.toExponential(0)}) on ${parity.samples} samples at batches of ${parity.batches.join(', ')}.`,
    '',
    '| hash | SHA-256 |',
    '| --- | --- |',
    `| weights | \`${run.weightsHash ?? ''}\` |`,
    `| digits.onnx | \`${exported.sha256}\` |`,
    '',
  ].join('\n')
}
