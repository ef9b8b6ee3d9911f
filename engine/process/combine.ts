// combine: the weights of all members as one checkpoint of the ensemble, measured on the validation split.
import type { RunRecord } from '../../db/contract/records.ts'
import type { Project } from '../../db/project.ts'
import type { TrainResult } from '../contract/commands.ts'
import type { EnsembleMember } from '../contract/ensemble.ts'
import { LatheError } from '../contract/errors.ts'
import { runId, type RunId } from '../contract/ids.ts'
import { memberConfig } from '../contract/members.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { network } from '../models/network.ts'
import { Evaluator } from '../train/evaluate.ts'
import { validationMetrics } from '../train/loop.ts'
import { weightsHash } from '../train/weights-hash.ts'
import type { CommandContext } from './command.ts'
import { loadSet } from './load-set.ts'
import type { Journal } from './train-run.ts'

interface Weights {
  readonly weights: Float32Array
  readonly hash: string
  readonly steps: number
}

/** Rows of a batch while the ensemble is measured. */
const BATCH = 256

export async function combine(project: Project, id: RunId, journal: Journal, { signal }: CommandContext<'train'>): Promise<TrainResult> {
  const run = project.runs.get(id)
  const spec = run.config.ensemble
  if (!spec || spec.members.length !== spec.count) throw new LatheError('internal', `run ${id} has ${spec?.members.length ?? 0} of ${spec?.count ?? 0} members`)
  const version = project.datasets.get(run.dataset)
  const classes = version.classes.length
  const found = spec.members.map((member) => weightsOf(project, member, run, classes))
  const config: TrainConfig = { ...run.config, ensemble: { ...spec, members: spec.members.map((member, i) => ({ ...member, weightsHash: found[i]?.hash ?? null })) } }
  const net = network(config, classes)
  const flat = new Float32Array(net.size)
  let at = 0
  for (const { weights } of found) {
    flat.set(weights, at)
    at += weights.length
  }
  const hash = weightsHash(net.parameters, flat)
  const manifest = project.datasets.manifest(run.dataset)
  const val = manifest.some((entry) => entry.split === 'val') ? await loadSet(project, manifest, 'val', { config, version, purpose: 'validate', signal }) : null
  const metrics: Record<string, number> = {}
  if (val) {
    await using evaluator = await Evaluator.create(config, classes, { batch: Math.min(BATCH, Math.max(1, val.count)) })
    Object.assign(metrics, validationMetrics(config, await evaluator.run(flat, val, { onBatch: () => { signal.throwIfAborted() } })))
  }
  const [epoch, step] = [config.epochs, found.reduce((sum, one) => sum + one.steps, 0)]
  project.runs.update(id, { config })
  journal.tell({ type: 'started', parameters: net.size, resumedAtStep: 0 })
  journal.tell({ type: 'metrics', points: Object.entries(metrics).map(([name, value]) => ({ name, value, step, epoch, at: Date.now() })) })
  const state = { parameters: net.parameters.map(({ name, shape }) => ({ name, shape })), weights: flat, optimizer: {}, position: { ensemble: spec.by } }
  for (const kind of ['best', 'last'] as const) journal.save(kind, state, { epoch, step, metrics, weightsHash: hash })
  const ended = journal.end({ status: 'finished', weightsHash: hash, epoch, step })
  return { run: id, status: ended.status, epochs: epoch, steps: step, seconds: ended.seconds, metrics: ended.metrics, weightsHash: hash }
}

/** @throws LatheError `conflict` for a member without weights, `corrupt` for weights of another network. */
function weightsOf(project: Project, member: EnsembleMember, { config }: RunRecord, classes: number): Weights {
  const id = runId.parse(member.run)
  const owner = project.runs.get(id)
  const net = network(memberConfig(config, member), classes)
  const checked = (weights: Float32Array): Float32Array => {
    if (weights.length !== net.size) throw new LatheError('corrupt', `run ${id} (${owner.name}): ${weights.length} weights, its network needs ${net.size}`, { run: id })
    return weights
  }
  if (member.snapshot !== null) {
    const snapshot = project.snapshots.list(id).find((one) => one.number === member.snapshot)
    if (!snapshot) throw new LatheError('conflict', `run ${id} (${owner.name}) has no snapshot ${member.snapshot}: train it to its end`, { run: id })
    // The steps of the run count once.
    return { weights: checked(project.snapshots.load(id, member.snapshot).weights), hash: snapshot.weightsHash, steps: member.snapshot === 1 ? owner.step : 0 }
  }
  const checkpoint = project.checkpoints.find(id, 'best') ?? project.checkpoints.find(id, 'last')
  if (!checkpoint) throw new LatheError('conflict', `run ${id} (${owner.name}) is ${owner.status} and has no checkpoint yet: train it first`, { run: id })
  return { weights: checked(project.checkpoints.load(checkpoint.id).weights), hash: checkpoint.weightsHash, steps: owner.step }
}
