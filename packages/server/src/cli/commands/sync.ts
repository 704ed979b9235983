import { Command } from 'commander'
import { withJson, withSession } from '../command.ts'
import { exitOfPass } from '../exit.ts'
import { runTask } from '../follow.ts'
import { newsLines } from '../news.ts'
import { createProgress } from '../render/progress.ts'
import { resultLines } from '../render/report.ts'
import { type ScopeOptions, scopeRequest, withScope } from '../scope-options.ts'

interface Options extends ScopeOptions {
  readonly json?: boolean
  readonly approve?: string
}

export function syncCommand(): Command {
  const command = new Command('sync')
    .description('bring both sides in step now')
    .option('--approve <plan>', 'do what this plan says, and nothing else')
  return withJson(withScope(command)).action((options: Options) =>
    withSession(options, async ({ operations, config: { language } }, output) => {
      const progress = createProgress(process.stderr)
      const approved = options.approve === undefined ? {} : { approvedPlanId: options.approve }
      const request = { ...scopeRequest(options), ...approved, until: 'sync' } as const
      const result = await runTask(operations, request, progress.show)
      progress.end()
      if (result.type === 'problem') return output.fail(result)
      output.json(result.value)
      for (const line of resultLines(result.value, language)) output.say(line)
      if (result.value.type === 'held') output.say(`To do it: tandem sync --approve ${result.value.planId}`)
      if (!output.isJson) for (const line of await newsLines(operations, result.value, language)) output.say(line)
      return exitOfPass(result.value, 'sync')
    }),
  )
}
