import { Command } from 'commander'
import { compose } from '../../compose.ts'
import { findServer } from '../../folder/server-file.ts'
import { problem } from '../../problem.ts'
import { pollEvery, type Role, startServer } from '../../process/server.ts'
import { leaveSoon, untilAskedToStop } from '../../process/signals.ts'
import { progressView } from '../../views/from-engine.ts'
import type { ExitCode } from '../exit.ts'
import { createOutput, type Output } from '../output.ts'
import { liveLines } from '../render/live.ts'
import { findPlace } from '../session.ts'

export function startCommands(): readonly Command[] {
  return [
    command('start', 'API, webhooks and worker in one process'),
    command('serve', 'API and webhooks only; with DATABASE_URL, workers run beside it'),
    command('worker', 'the worker only; any number of them share one DATABASE_URL'),
  ]
}

function command(role: Role, description: string): Command {
  return new Command(role)
    .description(description)
    .option('--quiet', 'do not print the changes that cross')
    .action(async (options: { quiet?: boolean }) => {
      process.exitCode = await run(role, options.quiet === true ? 'quiet' : 'live', createOutput('text'))
    })
}

async function run(role: Role, lines: 'live' | 'quiet', output: Output): Promise<ExitCode> {
  const place = await findPlace()
  if (place.type === 'problem') return output.fail(place)
  const { config, folder } = place.value
  const other = await findServer(folder)
  if (other !== undefined && config.databaseUrl === null) {
    return output.fail(
      problem(
        'dataFolderInUse',
        `A Tandem server of the data folder ${folder.path} runs already, at ${other.url}.`,
        'Stop it first; several processes need DATABASE_URL.',
      ),
    )
  }
  // From here on, so that a stop during the start is not a kill.
  const stopped = untilAskedToStop()
  const tandem = await compose(config, folder)
  if (tandem.type === 'problem') return output.fail(tandem)
  const started = await startServer({
    tandem: tandem.value,
    role,
    pollMs: pollEvery(config.pollMinutes),
    listener: (_connectionId, event) => {
      if (lines === 'live') for (const line of liveLines(progressView(event), config.language)) output.say(line)
    },
  })
  if (started.type === 'problem') {
    await tandem.value.close()
    return output.fail(started)
  }
  output.note(started.value.url === null ? 'The worker runs.' : `Tandem listens at ${started.value.url}.`)
  await stopped
  output.note('Stopping.')
  await started.value.stop()
  leaveSoon()
  return 0
}
