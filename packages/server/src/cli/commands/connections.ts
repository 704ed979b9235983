import { KINDS } from '@tandem/sync/model/kind.ts'
import { Command } from 'commander'
import { withJson, withSession } from '../command.ts'
import { table } from '../render/table.ts'
import { KIND_NAMES } from '../render/words.ts'

export function connectionsCommand(): Command {
  const connections = withJson(
    new Command('connections').description('which organisations are paired, and how they are'),
  )
  connections.action((options: { json?: boolean }) =>
    withSession(options, async ({ operations }, output) => {
      const found = await operations.connections()
      if (found.type === 'problem') return output.fail(found)
      output.json(found.value)
      if (found.value.length === 0) output.say('None yet. Connect: tandem connect zoho, then tandem connect xero.')
      for (const one of found.value) {
        output.say(`${one.name} (${one.id}): ${one.state}${one.pausedCode === null ? '' : `, ${one.pausedCode}`}`)
        // These are off until a person wants them: nothing is said of them where there are none.
        const shown = KINDS.filter((kind) => (kind !== 'quote' && kind !== 'account') || (one.links[kind] ?? 0) > 0)
        const linked = shown.map((kind) => `${one.links[kind] ?? 0} ${KIND_NAMES[kind]}`).join(', ')
        const rows = [
          ['Zoho CRM', `${one.zohoOrg} (${one.zohoDataCentre})`],
          ['Xero', one.xeroTenant],
          ['linked', linked],
          ['waiting', `${one.marks} marks, ${one.inbox} inbox items`],
        ]
        for (const line of table(rows, '  ')) output.say(line)
        for (const choice of one.toChoose) output.say(`  choose: ${choice}`)
        for (const task of one.toDo) output.say(`  to do: ${task} How: tandem doctor.`)
      }
      return 0
    }),
  )
  connections.addCommand(disconnectCommand())
  return connections
}

function disconnectCommand(): Command {
  const command = new Command('disconnect')
    .description('end a connection: gives the Xero connection back; what was synced stays where it is')
    .argument('<id>', 'its id or name')
  return withJson(command).action((id: string, options: { json?: boolean }) =>
    withSession(options, async ({ operations }, output) => {
      const gone = await operations.disconnect(id)
      if (gone.type === 'problem') return output.fail(gone)
      output.json(gone.value)
      output.say(`${gone.value.name} is disconnected.`)
      return 0
    }),
  )
}
