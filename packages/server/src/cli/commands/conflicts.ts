import { Command } from 'commander'
import { wholeNumber, withConnection, withJson, withSession } from '../command.ts'
import { conflictLines } from '../render/conflicts.ts'

interface Options {
  readonly json?: boolean
  readonly connection?: string
  readonly limit: number
}

export function conflictsCommand(): Command {
  const command = new Command('conflicts')
    .description('fields where the two sides disagreed: both values, and which was kept')
    .option('-n, --limit <n>', 'how many', wholeNumber(1, 1000), 20)
  return withJson(withConnection(command)).action((options: Options) =>
    withSession(options, async ({ operations }, output) => {
      const conflicts = await operations.conflicts({ connectionId: options.connection, limit: options.limit })
      if (conflicts.type === 'problem') return output.fail(conflicts)
      output.json(conflicts.value)
      for (const line of conflictLines(conflicts.value)) output.say(line)
      if (conflicts.value.length === 0) output.say('The two sides have not disagreed on a field yet.')
      return 0
    }),
  )
}
