import { Command } from 'commander'
import type { Operations } from '../../operations/contract.ts'
import { type Answer, answer, problem } from '../../problem.ts'
import { withConnection, withJson, withSession } from '../command.ts'
import { choiceLines } from '../render/choices.ts'
import { assign, lookUp, parsePath } from '../settings-path.ts'

interface Options {
  readonly json?: boolean
  readonly connection?: string
}

export function settingsCommand(): Command {
  const settings = new Command('settings').description('what a person may choose about a connection')
  settings.addCommand(getCommand())
  settings.addCommand(setCommand())
  settings.addCommand(choicesCommand())
  return settings
}

function getCommand(): Command {
  const command = new Command('get').description('show them all, or one part').argument('[path]', 'e.g. taxMap')
  return withJson(withConnection(command)).action((path: string | undefined, options: Options) =>
    withSession(options, async ({ operations }, output) => {
      const id = await connectionId(operations, options.connection)
      if (id.type === 'problem') return output.fail(id)
      const found = await operations.settings(id.value)
      if (found.type === 'problem') return output.fail(found)
      const value = path === undefined ? found.value : lookUp(found.value, parsePath(path) ?? [path])
      if (value === undefined) return output.fail(problem('badInput', `There is no setting "${path}".`, SEE_ALL))
      output.json(value)
      output.say(JSON.stringify(value, null, 2))
      return 0
    }),
  )
}

const SEE_ALL = 'See them all with: tandem settings get.'

function setCommand(): Command {
  const command = new Command('set')
    .description('change one or more; nothing is stored unless all are right')
    .argument('<path=value...>', `e.g. salesAccountCode=200, 'taxMap+={"zohoTaxIds":["…"],"xeroTaxType":"OUTPUT"}'`)
  return withJson(withConnection(command)).action((assignments: string[], options: Options) =>
    withSession(options, async ({ operations }, output) => {
      const id = await connectionId(operations, options.connection)
      if (id.type === 'problem') return output.fail(id)
      const changed = await change(operations, id.value, assignments)
      if (changed.type === 'problem') return output.fail(changed)
      const saved = await operations.saveSettings(id.value, changed.value)
      if (saved.type === 'problem') return output.fail(saved)
      output.json(saved.value)
      output.say('Saved.')
      return 0
    }),
  )
}

/** `settings choices`: Ledger accounts (Xero), taxes and owners, as they were last read. */
function choicesCommand(): Command {
  const command = new Command('choices').description('what there is to choose from: ledger accounts, taxes, owners')
  return withJson(withConnection(command)).action((options: Options) =>
    withSession(options, async ({ operations }, output) => {
      const id = await connectionId(operations, options.connection)
      if (id.type === 'problem') return output.fail(id)
      const found = await operations.choices(id.value)
      if (found.type === 'problem') return output.fail(found)
      output.json(found.value)
      for (const line of choiceLines(found.value)) output.say(line)
      return 0
    }),
  )
}

async function change(operations: Operations, id: string, assignments: readonly string[]): Promise<Answer<unknown>> {
  const before = await operations.settings(id)
  if (before.type === 'problem') return before
  let settings: unknown = before.value
  for (const assignment of assignments) {
    const assigned = assign(settings, assignment)
    if (assigned.type === 'problem') return assigned
    settings = assigned.value
  }
  return answer(settings)
}

async function connectionId(operations: Operations, wanted: string | undefined): Promise<Answer<string>> {
  if (wanted !== undefined) return answer(wanted)
  const found = await operations.connections()
  if (found.type === 'problem') return found
  const [only, second] = found.value.filter((one) => one.state !== 'disconnected')
  if (only === undefined)
    return problem('notConnected', 'There is no connection yet.', 'tandem connect zoho, then tandem connect xero.')
  if (second !== undefined) return problem('badInput', 'There are several connections.', 'Name one with --connection.')
  return answer(only.id)
}
