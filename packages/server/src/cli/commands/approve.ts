import { Command } from 'commander'
import { withJson, withSession } from '../command.ts'
import { planLines } from '../render/report.ts'

export function approveCommand(): Command {
  const command = new Command('approve')
    .description('allow a plan: the next sync does what it says, and nothing else')
    .argument('<plan>', 'its id, as tandem plan shows it')
  return withJson(command).action((planId: string, options: { json?: boolean }) =>
    withSession(options, async ({ operations, config }, output) => {
      const approved = await operations.approve(planId)
      if (approved.type === 'problem') return output.fail(approved)
      output.json(approved.value)
      for (const line of planLines(approved.value, config.language)) output.say(line)
      output.say('Approved. To do it now: tandem sync')
      return 0
    }),
  )
}
