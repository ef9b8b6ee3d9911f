// The user's folders on each system, and the installation's folders as run from source.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { built, engineEntry, latheHome, projectsFolder, rootFolder, samplesFolder } from './paths.ts'

const linux = (env: Record<string, string>): { env: Record<string, string>; platform: 'linux'; home: string } => ({ env, platform: 'linux', home: '/home/ada' })

describe('folders of the user', () => {
  test('LATHE_HOME wins everywhere', () => {
    expect(latheHome(linux({ LATHE_HOME: '/x/y', XDG_DATA_HOME: '/data' }))).toBe('/x/y')
    expect(latheHome({ env: { LATHE_HOME: 'D:\\lathe' }, platform: 'win32', home: 'C:\\Users\\ada' })).toBe('D:\\lathe')
  })
  test('Linux follows XDG and ignores a relative path', () => {
    expect(latheHome(linux({}))).toBe('/home/ada/.local/share/lathe')
    expect(latheHome(linux({ XDG_DATA_HOME: '/data' }))).toBe('/data/lathe')
    expect(latheHome(linux({ XDG_DATA_HOME: 'data' }))).toBe('/home/ada/.local/share/lathe')
  })
  test('macOS and Windows', () => {
    expect(latheHome({ env: {}, platform: 'darwin', home: '/Users/ada' })).toBe('/Users/ada/Library/Application Support/Lathe')
    expect(latheHome({ env: { APPDATA: 'C:\\Users\\ada\\AppData\\Roaming' }, platform: 'win32', home: 'C:\\Users\\ada' })).toBe('C:\\Users\\ada\\AppData\\Roaming\\Lathe')
    expect(latheHome({ env: {}, platform: 'win32', home: 'C:\\Users\\ada' })).toBe('C:\\Users\\ada\\AppData\\Roaming\\Lathe')
  })
  test('projects', () => {
    expect(projectsFolder(linux({}))).toBe('/home/ada/Lathe')
    expect(projectsFolder(linux({ LATHE_PROJECTS: '/p' }))).toBe('/p')
  })
})

test('folders of the installation, from source', () => {
  expect(built).toBe(false)
  expect(existsSync(path.join(rootFolder, 'package.json'))).toBe(true)
  expect(engineEntry).toBe(path.join(rootFolder, 'engine', 'process.ts'))
  expect(samplesFolder).toBe(path.join(rootFolder, 'engine', 'samples'))
})
