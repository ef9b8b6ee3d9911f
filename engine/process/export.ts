// Command export: weights of a run → one ONNX file, checked against the app on samples of the project.
import { z } from 'zod'
import type { ManifestEntry } from '../../db/contract/records.ts'
import type { Project } from '../../db/project.ts'
import { LatheError } from '../contract/errors.ts'
import { runId, type SampleId } from '../contract/ids.ts'
import { exportModel } from '../export/export-model.ts'
import { PARITY_SAMPLES } from '../export/parity.ts'
import { task } from '../tasks/index.ts'
import type { Command } from './command.ts'
import { loadSet } from './load-set.ts'
import { readSample } from './read-sample.ts'
import { trained, type Trained } from './trained.ts'
import { versions } from './versions.ts'
import { withProject } from './with-project.ts'

/** Unseen data first: the certificate is about what the model will meet. */
const ORDER = ['test', 'val', 'train']
/** What a file's reader has no use for. */
const OF_THE_SESSION = new Set(['train/lr', 'train/throughput', 'train/seconds', 'train/wait'])

export const exportCommand: Command<'export'> = {
  args: z.object({ project: z.string(), run: runId, checkpoint: z.enum(['best', 'last']), out: z.string(), opset: z.int(), precision: z.literal('fp32') }),
  run: ({ project: file, run: id, checkpoint, out, opset }, { emit, signal }) =>
    withProject(file, async (project) => {
      if (project.readOnly) throw new LatheError('read-only', `${file} is open read-only, so its exports cannot be recorded: make the file and its folder writable, or export from a copy`, { path: file })
      const found = trained(project, id, checkpoint)
      const { run, version, state } = found
      const { config } = run
      const manifest = project.datasets.manifest(version.id)
      const certified = new Set(chosen(manifest, task(config.task).together ?? false).map((entry) => entry.sample))
      const result = await exportModel({
        config,
        classNames: version.classes.map((entry) => entry.name),
        weights: state.weights,
        provenance: { run: id, runName: run.name, dataset: version.hash, weightsHash: found.checkpoint.weightsHash, metrics: metricsOf(project, found), versions: versions(), licence: project.info().licence },
        out,
        opset,
        set: await loadSet(project, manifest, (entry) => certified.has(entry.sample), { config, version, purpose: 'evaluate', signal, onProgress: emit }),
        read: (sample) => readSample(project, sample as SampleId),
        signal,
        onProgress: emit,
      })
      const { path, bytes, sha256, parity, metrics } = result
      const record = project.exports.add({ run: id, path, bytes, opset: result.opset, sha256, parity, metrics })
      return { ...result, export: record.id }
    }),
}

/** `together`: a whole split, since a row is made of many samples. */
function chosen(manifest: readonly ManifestEntry[], together: boolean): readonly ManifestEntry[] {
  if (together) return ORDER.map((split) => manifest.filter((entry) => entry.split === split)).find((entries) => entries.length > 0) ?? []
  return manifest.toSorted((a, b) => ORDER.indexOf(a.split) - ORDER.indexOf(b.split)).slice(0, PARITY_SAMPLES)
}

/** Of the exported checkpoint: from training, and from evaluations of the same weights. */
function metricsOf(project: Project, { run, checkpoint }: Trained): Record<string, number> {
  const own = Object.entries(checkpoint.metrics).filter(([name]) => !OF_THE_SESSION.has(name))
  const evaluated = project.evaluations.list(run.id).filter((evaluation) => evaluation.checkpoint === checkpoint.id)
  return Object.assign(Object.fromEntries(own), ...evaluated.map((evaluation) => evaluation.metrics)) as Record<string, number>
}
