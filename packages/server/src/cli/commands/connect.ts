import { createInterface } from 'node:readline/promises'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Side } from '@tandem/sync/model/side.ts'
import { Argument, Command } from 'commander'
import { oauthRoutes } from '../../api/oauth.ts'
import { settled, signIn } from '../../connect/sign-in.ts'
import type { Operations } from '../../operations/contract.ts'
import { type Answer, answer } from '../../problem.ts'
import { type Listening, listen } from '../../process/listen.ts'
import type { ConsentView } from '../../views/connection.ts'
import { withJson, withSession } from '../command.ts'
import type { ExitCode } from '../exit.ts'
import type { Output } from '../output.ts'
import { SIDE_NAMES } from '../render/words.ts'
import type { Session } from '../session.ts'

interface Options {
  readonly json?: boolean
  readonly renew?: boolean
  readonly tasks?: boolean
  readonly browser: boolean
  readonly tenant?: string
}

export function connectCommand(): Command {
  const command = new Command('connect')
    .description('sign in to one of the two systems; after both, they are a connection')
    .addArgument(new Argument('<system>', 'which one').choices(['zoho', 'xero']))
    .option('--renew', 'sign in again for an organisation that is connected already')
    .option('--tasks', 'Zoho: ask for the right to tasks as well, which tasks about overdue invoices need')
    .option('--tenant <id>', 'Xero: which organisation, where the sign-in covers several (id or name)')
    .option('--no-browser', 'follow the redirect without a browser (sandbox only)')
  return withJson(command).action((name: string, options: Options) =>
    withSession(options, async (session, output) => {
      const view = await connect(session, name === 'zoho' ? 'zoho' : 'xero', { options, output })
      if (view.type === 'problem') return output.fail(view)
      const outcome = settled(view.value)
      if (outcome.type === 'problem') return output.fail(outcome)
      output.json(outcome.value)
      return tell(outcome.value, output)
    }),
  )
}

interface Way {
  readonly options: Options
  readonly output: Output
}

async function connect(session: Session, system: Side, { options, output }: Way): Promise<Answer<ConsentView>> {
  const { operations } = session
  if (options.tenant !== undefined) {
    const chosen = await operations.chooseTenant(options.tenant)
    // Without a waiting sign-in the choice is made after the new one.
    if (chosen.type === 'ok' || chosen.problem.code === 'badInput') return chosen
  }
  const listening = await callbackListener(session)
  if (listening.type === 'problem') return listening
  try {
    const purpose = options.renew === true ? 'renew' : 'connect'
    const browser = options.browser ? 'open' : 'none'
    const view = await signIn(operations, { system, purpose, browser, tasks: options.tasks, tell: output.note })
    return view.type === 'ok' ? await choose(operations, view.value, { options, output }) : view
  } finally {
    await listening.value?.close()
  }
}

/** While no server runs, the callback needs somebody to answer it. */
async function callbackListener(session: Session): Promise<Answer<Listening | null>> {
  if (session.type === 'remote') return answer(null)
  const app = new OpenAPIHono()
  oauthRoutes(app, session.operations.desk)
  return listen(app, session.config.host, session.config.port)
}

async function choose(
  operations: Operations,
  view: ConsentView,
  { options, output }: Way,
): Promise<Answer<ConsentView>> {
  if (view.type !== 'chooseTenant') return answer(view)
  if (options.tenant !== undefined) return operations.chooseTenant(options.tenant)
  if (output.isJson || !process.stdin.isTTY) return answer(view)
  for (const [index, { name }] of view.tenants.entries()) output.note(`  ${index + 1}  ${name}`)
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  const typed = await asking.question('Which Xero organisation? ')
  asking.close()
  const tenant = view.tenants[Number(typed) - 1]
  return tenant === undefined ? answer(view) : operations.chooseTenant(tenant.tenantId)
}

export function tell(view: Exclude<ConsentView, { type: 'failed' }>, output: Output): ExitCode {
  switch (view.type) {
    case 'connected':
      output.say(`Connected: ${view.connection.name} (${view.connection.id}).`)
      for (const note of view.notes) output.say(`  ${note}`)
      if (view.connection.toChoose.length > 0) output.say('Still to be chosen:')
      for (const choice of view.connection.toChoose) output.say(`  ${choice}`)
      for (const task of view.connection.toDo) output.say(`To do in Zoho CRM: ${task} How: tandem doctor.`)
      output.say('Next: tandem plan shows what a first sync would do.')
      return 0
    case 'half': {
      const other = view.system === 'zoho' ? 'xero' : 'zoho'
      output.say(`Signed in to ${SIDE_NAMES[view.system]}: ${view.organisation}. Next: tandem connect ${other}.`)
      return 0
    }
    case 'chooseTenant':
      output.say('This Xero sign-in covers several organisations. Choose one: tandem connect xero --tenant ID')
      for (const { tenantId, name } of view.tenants) output.say(`  ${tenantId}  ${name}`)
      return 1
    case 'waiting':
      return 1
  }
}
