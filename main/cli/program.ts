// Program: arguments → one command → exit code 0 (done), 1 (the work failed) or 2 (wrong use).
import { Command, CommanderError } from 'commander'
import { LatheError } from '../../engine/contract/errors.ts'
import type { EngineChild } from '../services/engine-child.ts'
import { VERSION } from '../services/version.ts'
import { Cli } from './cli.ts'
import type { CliCommand, Done } from './command.ts'
import { commands, type CommandName } from './commands/index.ts'
import { Output } from './output.ts'

/** Runs the command line `argv` (without node and script) and gives the exit code. `startEngine` stands in for a process of the engine's own. */
export async function runCli(argv: readonly string[], startEngine: (() => EngineChild) | null = null): Promise<number> {
  const out = new Output(argv.includes('--json'))
  const program = new Command('lathe')
    .description('Small deep models, offline: data in, trained, explained and exported models out.')
    .version(VERSION)
    .option('--json', 'print one JSON object a line, the last with "event":"done"')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .configureHelp({ sortSubcommands: false })
    .action(() => { throw wrong(argv.find((word) => !word.startsWith('-'))) })
    .allowExcessArguments()
  let outcome: { run: (cli: Cli) => Promise<Done> } | null = null
  const wanted = argv.find((word) => !word.startsWith('-') && word in commands) as CommandName | undefined
  const first = argv.find((word) => !word.startsWith('-'))
  const names = wanted !== undefined && first === wanted ? [wanted] : (Object.keys(commands) as CommandName[])
  for (const name of names) {
    const command = await commands[name]()
    program.addCommand(made(name, command, (raw) => { outcome = { run: (cli) => command.act(raw, cli) } }))
  }
  try {
    program.parse(argv, { from: 'user' })
    const chosen = outcome as { run: (cli: Cli) => Promise<Done> } | null
    if (chosen === null) return 0
    return await finish(chosen.run, out, startEngine)
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0
      out.error(new LatheError('usage', `${error.message.replace(/^error: /, '').replace(/\n/g, ' ')}; see "lathe ${wanted ?? ''}${wanted ? ' ' : ''}--help"`))
      return 2
    }
    out.error(error)
    return error instanceof LatheError && error.kind === 'usage' ? 2 : 1
  }
}

async function finish(run: (cli: Cli) => Promise<Done>, out: Output, startEngine: (() => EngineChild) | null): Promise<number> {
  const cli = new Cli(out, startEngine)
  try {
    const done = await run(cli)
    await cli.close()
    out.done(done)
    return done['ok'] === false ? 1 : 0
  } finally {
    await cli.close()
  }
}

function made(name: string, { summary, arguments: words, options }: CliCommand, act: (raw: Record<string, unknown>) => void): Command {
  const command = new Command(name).description(summary).option('--json', 'print one JSON object a line').exitOverride().configureOutput({ writeErr: () => undefined })
  if (words) command.arguments(words)
  for (const [flags, description] of options) command.option(flags, description)
  command.action(() => {
    const positional = Object.fromEntries(command.registeredArguments.map((argument, i) => [argument.name(), command.processedArgs[i] as unknown]))
    act({ ...command.opts<Record<string, unknown>>(), ...positional })
  })
  return command
}

function wrong(word: string | undefined): LatheError {
  const known = Object.keys(commands).join(', ')
  return new LatheError('usage', word === undefined ? `expected a command: ${known}; see "lathe --help"` : `unknown command ${JSON.stringify(word)}: expected one of ${known}`)
}
