import { type Command, InvalidArgumentError } from 'commander'
import type { ExitCode } from './exit.ts'
import { createOutput, type Output } from './output.ts'
import { openSession, type Session } from './session.ts'

/** Runs a command on the operations, wherever they are, and sets the exit code. */
export async function withSession(
  options: { readonly json?: boolean },
  job: (session: Session, output: Output) => Promise<ExitCode>,
): Promise<void> {
  const output = createOutput(options.json === true ? 'json' : 'text')
  const session = await openSession()
  if (session.type === 'problem') {
    process.exitCode = output.fail(session)
    return
  }
  try {
    process.exitCode = await job(session.value, output)
  } finally {
    await session.value.close()
  }
}

export function withJson(command: Command): Command {
  return command.option('--json', 'print the result as JSON')
}

export function withConnection(command: Command): Command {
  return command.option('-c, --connection <id>', 'which connection, by id or name; only needed when there are several')
}

export function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (Number.isInteger(value) && value >= low && value <= high) return value
    throw new InvalidArgumentError(`Write a whole number from ${low} to ${high}.`)
  }
}
