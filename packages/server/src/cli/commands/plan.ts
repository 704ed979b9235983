import { Command } from 'commander'
import { withJson, withSession } from '../command.ts'
import { exitOfPass } from '../exit.ts'
import { runTask } from '../follow.ts'
import { causeLines } from '../render/causes.ts'
import { createProgress } from '../render/progress.ts'
import { opLines, planLines, resultLines } from '../render/report.ts'
import { type ScopeOptions, scopeRequest, withScope } from '../scope-options.ts'

interface Options extends ScopeOptions {
  readonly json?: boolean
  readonly all?: boolean
}

const SHOWN_OPS = 20

export function planCommand(): Command {
  const command = new Command('plan')
    .description('preview what a sync would do, field by field; writes nothing')
    .option('--all', `show every op, not only the first ${SHOWN_OPS}`)
  return withJson(withScope(command)).action((options: Options) =>
    withSession(options, async ({ operations, config: { language } }, output) => {
      const progress = createProgress(process.stderr)
      const result = await runTask(operations, { ...scopeRequest(options), until: 'plan' }, progress.show)
      progress.end()
      if (result.type === 'problem') return output.fail(result)
      const plan = result.value.planId === null ? null : await operations.plan(result.value.planId)
      if (plan?.type === 'problem') return output.fail(plan)
      output.json({ result: result.value, plan: plan?.value ?? null })
      if (plan === null) {
        for (const line of resultLines(result.value, language)) output.say(line)
        if (result.value.type === 'done') output.say('Nothing to do.')
        return exitOfPass(result.value, 'plan')
      }
      for (const line of planLines(plan.value, language)) output.say(line)
      const ops = options.all === true ? plan.value.ops : plan.value.ops.slice(0, SHOWN_OPS)
      for (const line of ops.flatMap(opLines)) output.say(line)
      const more = plan.value.ops.length - ops.length
      if (more > 0) output.say(`… and ${more} more: --all shows them.`)
      if (plan.value.holds.length > 0) output.say('Held for a person, by cause:')
      for (const line of causeLines(plan.value.holds, language)) output.say(line)
      if (plan.value.state === 'held') output.say(`To do it: tandem sync --approve ${plan.value.id}`)
      return exitOfPass(result.value, 'plan')
    }),
  )
}
