import type { Connection } from '@tandem/sync/store/contract.ts'
import { isLoopback } from '../config.ts'
import { watchedModules } from '../connect/channels.ts'
import { type Answer, answer } from '../problem.ts'
import type { Tandem } from '../tandem.ts'
import type { CheckView, DoctorView } from '../views/connection.ts'
import { HOW_TO_CONNECT } from './find.ts'
import { handTasks } from './list-views.ts'
import { missingRights, toldRights } from './rights.ts'
import { toChoose } from './to-choose.ts'

/** Looks at everything that must be right before records can cross, and says what to do about what is not. */
export async function examine(tandem: Tandem): Promise<Answer<DoctorView>> {
  const connections = (await tandem.store.connections.list()).filter((one) => one.state !== 'disconnected')
  const perConnection = await Promise.all(connections.map((one) => examineConnection(tandem, one)))
  const checks = [...ownChecks(tandem), ...perConnection.flat()]
  if (connections.length === 0) checks.push(attention('connections', 'There is none yet.', HOW_TO_CONNECT))
  return answer({ checks })
}

function ownChecks(tandem: Tandem): CheckView[] {
  const { config } = tandem
  const where = config.databaseUrl === null ? `embedded, in ${config.dataDir}` : 'PostgreSQL, by DATABASE_URL'
  return [
    good('database', where),
    isLoopback(config.publicUrl) && !isLoopback(config.zoho.accountsUrl)
      ? attention(
          'webhooks',
          'PUBLIC_URL is this machine: changes are found by polling only.',
          'Set PUBLIC_URL to an https address that Zoho and Xero can reach.',
        )
      : good('webhooks', `arrive at ${config.publicUrl}/hooks`),
    config.xero.webhookKey === ''
      ? attention(
          'Xero webhook key',
          'XERO_WEBHOOK_KEY is not set: Xero webhooks are refused.',
          'Copy it from the app in developer.xero.com, or rely on polling.',
        )
      : good('Xero webhook key', 'set'),
  ]
}

async function examineConnection(tandem: Tandem, connection: Connection): Promise<CheckView[]> {
  const checks = [stateCheck(connection), ...(await reachChecks(tandem, connection))]
  for (const choice of toChoose(connection))
    checks.push(attention(connection.name, 'Something is still to be chosen.', choice))
  for (const { title, steps } of handTasks(connection, tandem.config.language))
    checks.push(attention(connection.name, title, steps.join('\n')))
  const { inbox } = await tandem.store.reports.counts(connection.id)
  if (inbox > 0)
    checks.push(attention(connection.name, `${inbox} items need a person.`, 'See them with: tandem inbox.'))
  return checks
}

function stateCheck(connection: Connection): CheckView {
  switch (connection.state) {
    case 'ready':
      return connection.settings.allowSync
        ? good(connection.name, 'ready')
        : attention(connection.name, 'Sync is switched off.', 'tandem settings set allowSync=true')
    case 'paused':
      return {
        name: connection.name,
        state: 'bad',
        detail: `paused (${connection.pausedCode ?? 'by a person'})`,
        fix: 'Sign in again: tandem connect zoho --renew, or tandem connect xero --renew.',
      }
    case 'connecting':
    case 'disconnected':
      return attention(connection.name, connection.state, HOW_TO_CONNECT)
  }
}

async function reachChecks(tandem: Tandem, connection: Connection): Promise<CheckView[]> {
  const remotes = await tandem.gateway.openRemotes(connection, 'interactive')
  const [zoho, xero] = await Promise.all([
    remotes.zoho.fetchReference(watchedModules(connection)),
    remotes.xero.fetchReference(),
  ])
  return [
    reach('Zoho CRM', connection.zoho.orgName, zoho),
    ...(await rightsChecks(tandem, connection)),
    reach('Xero', connection.xero.tenantName, xero),
  ]
}

/** A sign-in that is older than what the settings need by now: said before the sync stops at it. */
async function rightsChecks(tandem: Tandem, connection: Connection): Promise<CheckView[]> {
  const missing = await missingRights(tandem, connection)
  if (missing.length === 0) return []
  const detail = `The sign-in lacks rights that the settings need: ${toldRights(missing)}.`
  return [attention('Zoho CRM', detail, 'Sign in again and allow all that is asked: tandem connect zoho --renew.')]
}

type Reached =
  | { readonly type: 'ok' }
  | { readonly type: 'throttled' }
  | { readonly type: 'refused' | 'unavailable' | 'unknown' | 'disconnected'; readonly message: string }

function reach(system: string, organisation: string, outcome: Reached): CheckView {
  switch (outcome.type) {
    case 'ok':
      return good(system, `${organisation} answers`)
    case 'throttled':
      return attention(system, 'Its call limit is reached at the moment.', 'It frees itself; nothing is lost.')
    case 'unavailable':
    case 'unknown':
      return attention(system, outcome.message, 'Tandem tries again by itself.')
    case 'refused':
    case 'disconnected':
      return { name: system, state: 'bad', detail: outcome.message, fix: 'Sign in again with --renew.' }
  }
}

function good(name: string, detail: string): CheckView {
  return { name, state: 'good', detail, fix: '' }
}

function attention(name: string, detail: string, fix: string): CheckView {
  return { name, state: 'attention', detail, fix }
}
