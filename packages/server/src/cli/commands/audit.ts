import { Command } from 'commander'
import { wholeNumber, withConnection, withJson, withSession } from '../command.ts'
import { auditLines } from '../render/audit.ts'

interface Options {
  readonly json?: boolean
  readonly connection?: string
  readonly limit: number
}

export function auditCommand(): Command {
  const command = new Command('audit')
    .description('the audit log, newest first: what was done, with the times of both systems and ours')
    .option('-n, --limit <n>', 'how many lines', wholeNumber(1, 1000), 50)
  return withJson(withConnection(command)).action((options: Options) =>
    withSession(options, async ({ operations }, output) => {
      const found = await operations.events({ connectionId: options.connection, limit: options.limit })
      if (found.type === 'problem') return output.fail(found)
      output.json(found.value)
      for (const event of found.value) for (const line of auditLines(event)) output.say(line)
      if (found.value.length === 0) output.say('Nothing has been written yet.')
      return 0
    }),
  )
}
