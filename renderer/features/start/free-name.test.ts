// A project's name from a drop, and a file name that any disk takes.
import { expect, test, vi } from 'vitest'
import { fileNameOf, joinPath } from '../../app/host.ts'
import { AppError } from '../../bridge/errors.ts'
import type { Rpc } from '../../bridge/client.ts'
import { createFree, nameOfDrop } from './free-name.ts'

const file = (relative: string): { relative: string; file: File } => ({ relative, file: new File([], relative) })

test('name of a drop', () => {
  expect(nameOfDrop([file('digits.csv')])).toBe('digits')
  expect(nameOfDrop([file('cats/a.png'), file('cats/b.png')])).toBe('cats')
  expect(nameOfDrop([file('a.png'), file('b.png')])).toBe('New project')
})
test('file names', () => {
  expect(fileNameOf('a/b: "c"')).toBe('a-b- -c-.lathe')
  expect(fileNameOf('  ..')).toBe('project.lathe')
  expect(fileNameOf('数字 ✓')).toBe('数字 ✓.lathe')
  expect(joinPath('C:\\Lathe', 'a.lathe', 'win32')).toBe('C:\\Lathe\\a.lathe')
  expect(joinPath('/home/a/', 'a.lathe', 'linux')).toBe('/home/a/a.lathe')
})
test('a taken name is counted up, another failure is told', async () => {
  const create = vi.fn()
    .mockRejectedValueOnce(new AppError('conflict', 'taken'))
    .mockImplementation((input: { path: string }) => Promise.resolve({ path: input.path }))
  const rpc = { projects: { create } } as unknown as Rpc
  const host = { host: 'server', version: '0', platform: 'linux', projectsFolder: '/p', dialogs: false, open: null } as const
  expect((await createFree(rpc, host, 'cats')).path).toBe('/p/cats 2.lathe')
  create.mockRejectedValueOnce(new AppError('read-only', 'no'))
  await expect(createFree(rpc, host, 'cats')).rejects.toMatchObject({ kind: 'read-only' })
})
