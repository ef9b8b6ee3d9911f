// The rules of ARCHITECTURE.md on who may import whom; test/checks/rules.test.ts shows that each of them fires.
const path = require('node:path')

const root = path.resolve(__dirname, '../..')
const tests = '\\.test\\.ts$'
const loaded = { dependencyTypesNot: ['type-only'] }
const nodePackage = (name) => `(^|/)node_modules/${name}/|^${name}$`
/** A package or door that only some rooms use; tests may look behind it. */
const onlyFrom = (name, comment, rooms, to) => ({ name, comment, severity: 'error', from: { pathNot: [...rooms, tests, '^test/'] }, to: { path: to } })

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle has no order in which it can be loaded. Operators whose gradients name each other are the exception; types load nothing.',
      severity: 'error',
      from: { pathNot: '^engine/ops/' },
      to: { circular: true, viaOnly: loaded },
    },
    {
      name: 'no-cycles-out-of-ops',
      comment: 'Operators may name each other, but a cycle of theirs must stay among operators.',
      severity: 'error',
      from: { path: '^engine/ops/' },
      to: { circular: true, via: { pathNot: '^engine/ops/' }, viaOnly: loaded },
    },
    {
      name: 'renderer-only-contracts',
      comment: 'The window knows the other processes by their contracts only.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(main|engine|db|test)/', pathNot: ['/contract/', '^test/support/'] },
    },
    {
      name: 'renderer-no-node',
      comment: 'The window is sandboxed: no Node modules. Its build and its tests run in Node.',
      severity: 'error',
      from: { path: '^renderer/', pathNot: ['^renderer/vite\\.config\\.ts$', tests] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'rpc-only-in-bridge',
      comment: 'renderer/bridge is the only user of the RPC client.',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '^renderer/bridge/' },
      to: { path: '(^|/)node_modules/@orpc/|^@orpc/' },
    },
    {
      name: 'features-apart',
      comment: 'A feature of the window never imports another one.',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'shared-rooms-know-no-feature',
      comment: 'charts, ui, canvas and bridge serve the features and do not know them.',
      severity: 'error',
      from: { path: '^renderer/(charts|ui|canvas|bridge)/' },
      to: { path: '^renderer/(features|app)/' },
    },
    {
      name: 'engine-is-a-library',
      comment: 'Anyone can use the engine from Node; only its process knows the database.',
      severity: 'error',
      from: { path: '^engine/', pathNot: ['^engine/process\\.ts$', '^engine/process/'] },
      to: { path: ['^(main|renderer|db)/', nodePackage('electron')] },
    },
    {
      name: 'engine-process-no-window',
      comment: 'The engine process is wired to the database, and to nothing of main, the window or Electron.',
      severity: 'error',
      from: { path: ['^engine/process\\.ts$', '^engine/process/'] },
      to: { path: ['^(main|renderer)/', nodePackage('electron')] },
    },
    {
      name: 'db-is-below',
      comment: 'The database knows contracts, and nobody above it.',
      severity: 'error',
      from: { path: '^db/' },
      to: { path: '^(main|renderer|engine)/', pathNot: '/contract/' },
    },
    {
      name: 'contracts-are-doors',
      comment: 'A contract holds types and schemas: it imports other contracts only.',
      severity: 'error',
      from: { path: '/contract/', pathNot: tests },
      to: { path: '^(main|renderer|engine|db|test)/', pathNot: '/contract/' },
    },
    onlyFrom('runtime-only-in-compile', 'ONNX Runtime and onnx-proto stand behind engine/compile and engine/export.', ['^engine/(compile|export)/'], [nodePackage('onnxruntime-node'), nodePackage('onnxruntime-common'), nodePackage('onnx-proto')]),
    onlyFrom('sqlite-only-in-db', 'SQLite stands behind db/.', ['^db/'], [nodePackage('better-sqlite3'), '^node:sqlite$']),
    onlyFrom('electron-only-in-its-room', 'Electron stands behind main/electron.', ['^main/electron/'], nodePackage('electron')),
    {
      name: 'product-not-on-tests',
      comment: 'What ships does not need what tests it.',
      severity: 'error',
      from: { path: '^(main|renderer|engine|db)/', pathNot: tests },
      to: { path: ['^test/', tests] },
    },
    {
      name: 'packages-are-declared',
      comment: 'What is imported stands in package.json.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'shipped-packages',
      comment: 'What runs in main and engine is a dependency, not a devDependency: the installer leaves those out. The window is bundled.',
      severity: 'error',
      from: { path: '^(main|engine|db)/', pathNot: [tests, '^main/(build|vite\\.config)\\.ts$', '^main/electron/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'resolvable',
      comment: 'Every import leads somewhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(virtual:|#|~icons/)' },
    },
  ],
  options: {
    baseDir: process.env.LATHE_RULES_ROOT ?? root,
    tsPreCompilationDeps: true,
    tsConfig: { fileName: path.join(root, 'tsconfig.json') },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)renderer/node_modules|\\.d\\.ts$|^dist/' },
    enhancedResolveOptions: { extensions: ['.ts', '.vue', '.js', '.json'], exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
