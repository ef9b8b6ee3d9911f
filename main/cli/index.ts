// Entry of the command line: `npm run -s lathe -- COMMAND …` from the sources, `lathe COMMAND …` when installed.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 24 && !(major === 22 && minor >= 18)) {
  process.stderr.write(`lathe: Node ${process.versions.node} is too old (24 is needed): use "npm run -s lathe -- ${process.argv.slice(2).join(' ')}", which runs on the project's own Node.\n`)
  process.exitCode = 2
} else {
  // A reader that has seen enough (`| head`) is no failure.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', (error: NodeJS.ErrnoException) => { process.exit(error.code === 'EPIPE' ? 0 : 1) })
  const { cacheCompiled } = await import('../compile-cache.ts')
  cacheCompiled()
  const argv = process.argv.slice(2)
  const { earlyEngine } = await import('./early-engine.ts')
  const engine = earlyEngine(argv)
  const { runCli } = await import('./program.ts')
  process.exitCode = await runCli(argv, engine && (() => engine.start()))
  engine?.end()
  // Whatever is left (a pipe, a timer of a library) must not keep a finished command alive.
  await Promise.all([process.stdout, process.stderr].map((stream) => new Promise<void>((resolve) => { stream.write('', () => { resolve() }) })))
  process.exit()
}
