// An import that fails leaves nothing, even where taking it back fails too.
import { expect, test, vi } from 'vitest'
import { newSample, report, tempProject } from '../../test/support/project.ts'
import { LatheError } from '../contract/errors.ts'
import { importSession } from './import-session.ts'

test('a failed import is taken back, and the error is its own', async () => {
  const project = tempProject()
  await expect(importSession(project, 'a', (id) => {
    project.samples.insertMany([newSample(1, { className: 'x' })], id)
    return Promise.reject(new LatheError('data', 'bad'))
  })).rejects.toThrow('bad')
  expect(project.samples.totals().total).toBe(0)
})

test('what a full disk kept from being taken back goes before the next import begins: nothing is a duplicate of it', async () => {
  const project = tempProject()
  const full = new LatheError('disk-full', 'the disk is full')
  const undo = vi.spyOn(project.imports, 'undo').mockImplementation(() => { throw full })
  await expect(importSession(project, 'a', (id) => {
    project.samples.insertMany([newSample(1), newSample(2)], id)
    return Promise.reject(full)
  })).rejects.toBe(full)
  expect(project.samples.totals().total).toBe(2)
  undo.mockRestore()
  const running = importSession(project, 'long', async (id) => {
    const ids = project.samples.insertMany([newSample(5)], id)
    // Another import of this process that goes on is left alone.
    await importSession(project, 'b', (second) => {
      project.samples.insertMany([newSample(6)], second)
      return Promise.resolve(report(1))
    })
    return report(ids.length)
  })
  expect(await running).toMatchObject({ stored: 1 })
  expect(project.samples.list({}, 'id', false, 0, 10).rows.map((row) => row.name)).toEqual(['sample 5.png', 'sample 6.png'])
  expect(project.imports.list().map((one) => one.source)).toEqual(['b', 'long'])
})
