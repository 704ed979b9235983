import { Command, Option } from 'commander'
import { problem } from '../../problem.ts'
import type { ResolutionRequest } from '../../views/resolution.ts'
import { withConnection, withJson, withSession } from '../command.ts'
import { table } from '../render/table.ts'
import { KIND_NAME, shown, when } from '../render/words.ts'

export function inboxCommand(): Command {
  const inbox = withJson(withConnection(new Command('inbox').description('what needs a person, with its cause')))
  inbox.action((options: { json?: boolean; connection?: string }) =>
    withSession(options, async ({ operations }, output) => {
      const items = await operations.inbox(options.connection)
      if (items.type === 'problem') return output.fail(items)
      output.json(items.value)
      if (items.value.length === 0) output.say('Nothing needs a person.')
      for (const [cause, group] of Map.groupBy(items.value, (item) => item.code)) {
        output.say(`${cause} (${group.length})`)
        const rows = group.map((item) => [
          item.id,
          KIND_NAME[item.kind],
          item.title,
          shown(item.detail),
          when(item.openedAt),
        ])
        for (const line of table(rows, '  ')) output.say(line)
      }
      return items.value.length === 0 ? 0 : 1
    }),
  )
  inbox.addCommand(resolveCommand())
  return inbox
}

interface ResolveOptions {
  readonly json?: boolean
  readonly choose?: 'zoho' | 'xero'
  readonly retry?: boolean
  readonly link?: string
  readonly detach?: boolean
}

function resolveCommand(): Command {
  const command = new Command('resolve')
    .description('decide about one item')
    .argument('<item>', 'its id, as tandem inbox shows it')
    .addOption(new Option('--choose <side>', 'a conflict: whose value wins').choices(['zoho', 'xero']))
    .option('--retry', 'plan it again')
    .option('--link <side:id>', 'these two are the same, e.g. xero:1f6f6a52-…')
    .option('--detach', 'keep it out of the sync')
  return withJson(command).action((itemId: string, options: ResolveOptions) =>
    withSession(options, async ({ operations }, output) => {
      const resolution = resolutionOf(options)
      if (resolution === undefined) {
        return output.fail(
          problem('badInput', 'Say what to do with it.', 'One of --choose, --retry, --link, --detach.'),
        )
      }
      const done = await operations.resolve(itemId, resolution)
      if (done.type === 'problem') return output.fail(done)
      output.json({ resolved: true })
      output.say('Resolved. The next run acts on it.')
      return 0
    }),
  )
}

function resolutionOf(options: ResolveOptions): ResolutionRequest | undefined {
  const asked: ResolutionRequest[] = []
  if (options.choose !== undefined) asked.push({ type: 'choose', side: options.choose })
  if (options.retry === true) asked.push({ type: 'retry' })
  if (options.detach === true) asked.push({ type: 'detach' })
  const named = /^(zoho|xero):(.+)$/.exec(options.link ?? '')
  const side = named?.[1] === 'zoho' ? 'zoho' : 'xero'
  if (named?.[2] !== undefined) asked.push({ type: 'link', side, remoteId: named[2] })
  return asked.length === 1 ? asked[0] : undefined
}
