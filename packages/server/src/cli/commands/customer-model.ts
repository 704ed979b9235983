import { CUSTOMER_MODELS, type CustomerModel } from '@tandem/sync/model/kind.ts'
import { Argument, Command } from 'commander'
import { withConnection, withJson, withSession } from '../command.ts'
import { onlyConnection } from '../only-connection.ts'
import { relinkLines } from '../render/relinks.ts'

interface Options {
  readonly json?: boolean
  readonly connection?: string
}

/** `customer-model`: who is the Xero customer (R13), changeable only with a preview of the effect. */
export function customerModelCommand(): Command {
  const command = new Command('customer-model').description('who is the Xero customer: show a change, make it')
  command.addCommand(showCommand())
  command.addCommand(setCommand())
  return command
}

const model = () => new Argument('<model>', 'who the customer shall be').choices([...CUSTOMER_MODELS])

function showCommand(): Command {
  const command = new Command('show').description('what this customer model would re-link; nothing is changed')
  return withJson(withConnection(command.addArgument(model()))).action((to: CustomerModel, options: Options) =>
    withSession(options, async ({ operations }, output) => {
      const id = await onlyConnection(operations, options.connection)
      const shown = id.type === 'ok' ? await operations.previewCustomerModel(id.value, to) : id
      if (shown.type === 'problem') return output.fail(shown)
      output.json(shown.value)
      for (const line of relinkLines(shown.value)) output.say(line)
      return 0
    }),
  )
}

function setCommand(): Command {
  const command = new Command('set').description('change it, as the preview has shown')
  command.addArgument(model()).requiredOption('--preview <name>', 'the name under which the preview was shown')
  return withJson(withConnection(command)).action((to: CustomerModel, options: Options & { preview: string }) =>
    withSession(options, async ({ operations }, output) => {
      const id = await onlyConnection(operations, options.connection)
      const change = { customerModel: to, preview: options.preview }
      const changed = id.type === 'ok' ? await operations.changeCustomerModel(id.value, change) : id
      if (changed.type === 'problem') return output.fail(changed)
      output.json(changed.value)
      output.say('Saved. The next sync shows what it would write; until you approve it nothing is: tandem plan.')
      return 0
    }),
  )
}
