// `node --import` of this file makes `import 'electron'` mean the stand-in, under the control of the test that started it.
import { registerHooks } from 'node:module'
import './control.ts'

const standIn = new URL('./electron.ts', import.meta.url).href
registerHooks({ resolve: (specifier, context, next) => (specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context)) })
