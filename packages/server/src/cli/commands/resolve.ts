import { Argument, Command } from 'commander'
import { type Answer, answer, problem } from '../../problem.ts'
import type { ResolutionRequest } from '../../views/resolution.ts'
import { withJson, withSession } from '../command.ts'

const DECISIONS = ['link', 'retry', 'code', 'delete', 'detach', 'choose'] as const
type Decision = (typeof DECISIONS)[number]

/** `inbox resolve ID link xero:ID`, `... retry`, `... code`, `... delete`, `... detach`, `... choose zoho`. */
export function resolveCommand(): Command {
  const command = new Command('resolve')
    .description(
      'decide about one item: link it, try it again, give it a code, let it go, keep it out, or choose a value',
    )
    .argument('<item>', 'its id, or the beginning of it, as tandem inbox shows it')
    .addArgument(new Argument('<decision>', 'what to do').choices(DECISIONS))
    .argument('[which]', 'link: the record that is the same, as xero:ID or zoho:ID; choose: zoho or xero')
  return withJson(command).action((itemId: string, decision: Decision, which: string, options: { json?: boolean }) =>
    withSession(options, async ({ operations }, output) => {
      const resolution = resolutionOf(decision, which)
      if (resolution.type === 'problem') return output.fail(resolution)
      const done = await operations.resolve(itemId, resolution.value)
      if (done.type === 'problem') return output.fail(done)
      output.json({ resolved: true })
      output.say(OUTCOME[decision])
      return 0
    }),
  )
}

const OUTCOME: Readonly<Record<Decision, string>> = {
  link: 'Linked. The next sync brings the two in step, and what waited for them goes on: tandem sync.',
  retry: 'It is planned again by the next sync: tandem sync.',
  code: 'It gets a code of its own on both sides with the next sync, and what waits for it goes on: tandem sync.',
  delete: 'The next sync deletes, voids or archives it in the other system too, if it still may: tandem sync.',
  detach: 'It stays out of the sync from now on.',
  choose: 'Chosen. The next sync writes that value into the other system: tandem sync.',
}

/** What the words after the id mean; anything else is a mistake that says what to write. */
export function resolutionOf(decision: Decision, which: string | undefined): Answer<ResolutionRequest> {
  switch (decision) {
    case 'retry':
    case 'code':
    case 'delete':
    case 'detach':
      if (which === undefined) return answer({ type: decision === 'code' ? 'chooseKey' : decision })
      return problem('badInput', `"${decision}" takes nothing after it, and "${which}" stands there.`)
    case 'choose':
      if (which === 'zoho' || which === 'xero') return answer({ type: 'choose', side: which })
      return problem('badInput', 'Say whose value is right.', 'Write: choose zoho, or: choose xero.')
    case 'link': {
      const [side, ...rest] = (which ?? '').split(':')
      const remoteId = rest.join(':').trim()
      if ((side === 'zoho' || side === 'xero') && remoteId !== '') return answer({ type: 'link', side, remoteId })
      return problem('badInput', 'Say which record is the same.', 'Write: link xero:ID, or: link zoho:ID.')
    }
  }
}
