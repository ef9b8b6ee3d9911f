// Folder layouts: classes, wrappers, split folders, loose files.
import { expect, test } from 'vitest'
import { folderLayout } from './layout.ts'

const place = (paths: string[]): string[] => {
  const at = folderLayout(paths)
  return paths.map((p) => {
    const { className, split } = at(p)
    return `${className ?? '-'} ${split ?? '-'}`
  })
}

test.each([
  ['first folder is the class', ['a/1.png', 'b/2.png'], ['a -', 'b -']],
  ['deeper folders belong to it', ['a/x/1.png', 'a/y/2.png', 'b/3.png'], ['a -', 'a -', 'b -']],
  ['files beside the classes have none', ['a/1.png', 'b/1.png', 'c.png'], ['a -', 'b -', '- -']],
  ['a folder around everything is passed over', ['data/images/a/1.png', 'data/images/b/2.png'], ['a -', 'b -']],
  ['one class alone is a class, not a wrapper', ['a/1.png', 'a/2.png'], ['a -', 'a -']],
  ['a text beside the wrapper does not matter', ['data/a/1.png', 'data/b/2.png', 'readme.txt'], ['a -', 'b -', '- -']],
  ['split folders', ['train/a/1.png', 'Val/a/2.png', 'test/b/3.png'], ['a train', 'a val', 'b test']],
  ['split folders in a wrapper', ['set/train/a/1.png', 'set/train/b/1.png'], ['a train', 'b train']],
  ['split folders without classes', ['train/1.png', 'test/2.png'], ['- train', '- test']],
  ['a class may be called test', ['test/1.png', 'other/2.png'], ['test -', 'other -']],
  ['and be the only one', ['test/1.png'], ['test -']],
])('%s', (_, paths, expected) => {
  expect(place(paths)).toEqual(expected)
})
