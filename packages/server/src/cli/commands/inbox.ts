import { codeText } from '@tandem/sync/model/code-texts.ts'
import { Command } from 'commander'
import { withConnection, withJson, withSession } from '../command.ts'
import { inboxLines } from '../render/inbox.ts'
import { planLines } from '../render/report.ts'
import { resolveCommand } from './resolve.ts'

export function inboxCommand(): Command {
  const inbox = withJson(withConnection(new Command('inbox').description('what needs a person, with cause and fix')))
  inbox.action((options: { json?: boolean; connection?: string }) =>
    withSession(options, async ({ operations, config: { language } }, output) => {
      const [items, plans] = await Promise.all([
        operations.inbox(options.connection),
        operations.plans(options.connection),
      ])
      if (items.type === 'problem') return output.fail(items)
      if (plans.type === 'problem') return output.fail(plans)
      const held = plans.value.filter((plan) => plan.state === 'held')
      output.json(items.value.map((item) => ({ ...item, ...codeText(item.code, language) })))
      for (const plan of held) {
        for (const line of planLines(plan, language)) output.say(line)
        if (plan.holdCode !== null) output.say(codeText(plan.holdCode, language).fix)
        output.say(`-> tandem sync --approve ${plan.id}`)
      }
      for (const line of inboxLines(items.value, language)) output.say(line)
      const isEmpty = items.value.length + held.length === 0
      if (isEmpty) output.say('Nothing needs a person.')
      return isEmpty ? 0 : 1
    }),
  )
  inbox.addCommand(resolveCommand())
  return inbox
}
