import { setTimeout as wait } from 'node:timers/promises'
import type { Side } from '@tandem/sync/model/side.ts'
import type { ConsentRequest } from '../operations/contract.ts'
import { type Answer, answer, problem } from '../problem.ts'
import type { Tandem } from '../tandem.ts'
import type { ConsentStartView, ConsentView } from '../views/connection.ts'
import { arrive, settlePair } from './arrive.ts'
import { consentWish } from './consent-wish.ts'
import { readPending, writePending } from './pending.ts'

/** Sign-ins under way. A state works once and for ten minutes, so that a forged or repeated callback does nothing. */
export interface ConsentDesk {
  start(request: ConsentRequest): Promise<Answer<ConsentStartView>>
  /** The person came back from the consent page. */
  callback(system: Side, query: URLSearchParams): Promise<ConsentView>
  /** Waits up to ten seconds for that. */
  watch(state: string): Promise<Answer<ConsentView>>
  chooseTenant(tenant: string): Promise<Answer<ConsentView>>
}

interface Visit {
  readonly request: ConsentRequest
  readonly expiresAt: number
  /** The callback has used it. */
  isUsed: boolean
  view: ConsentView
  readonly arrived: PromiseWithResolvers<void>
}

const STATE_LIFE_MS = 10 * 60_000
const WATCH_MS = 10_000

export function createConsentDesk(tandem: Tandem): ConsentDesk {
  const visits = new Map<string, Visit>()

  function openVisit(system: Side, state: string): Visit | undefined {
    const visit = visits.get(state)
    if (visit === undefined || visit.isUsed || visit.request.system !== system) return undefined
    return visit.expiresAt < tandem.clock.now() ? undefined : visit
  }

  return {
    async start(request) {
      for (const [state, visit] of visits) if (visit.expiresAt < tandem.clock.now()) visits.delete(state)
      const state = `${tandem.chance.uuid()}${tandem.chance.uuid()}`.replaceAll('-', '')
      const connected = (await tandem.store.connections.list()).filter((one) => one.state !== 'disconnected')
      const wish = consentWish(
        request,
        connected.map((one) => one.settings),
      )
      const url = tandem.gateway.authorizeUrl(request.system, state, wish)
      if (url.type === 'problem') return url
      visits.set(state, {
        request,
        expiresAt: tandem.clock.now() + STATE_LIFE_MS,
        isUsed: false,
        view: { type: 'waiting' },
        arrived: Promise.withResolvers<void>(),
      })
      return answer({ state, authorizeUrl: url.value })
    },
    async callback(system, query) {
      const visit = openVisit(system, query.get('state') ?? '')
      if (visit === undefined) return failedView(unknownState())
      visit.isUsed = true
      const arrived = await arrive(tandem, { system, purpose: visit.request.purpose, query })
      visit.view = arrived.type === 'ok' ? arrived.value : failedView(arrived)
      visit.arrived.resolve()
      return visit.view
    },
    async watch(state) {
      const visit = visits.get(state)
      if (visit === undefined) return unknownState()
      await Promise.race([visit.arrived.promise, wait(WATCH_MS, undefined, { ref: false })])
      return answer(visit.view)
    },
    async chooseTenant(wanted) {
      const pending = await readPending(tandem.folder)
      if (pending.xero === null) {
        return problem('notConnected', 'No Xero sign-in waits for a choice.', 'Sign in first: tandem connect xero.')
      }
      const { tenants } = pending.xero
      const found = tenants.find((one) => one.tenantId === wanted || one.name === wanted)
      if (found === undefined) {
        const known = tenants.map((one) => `${one.name} (${one.tenantId})`).join(', ')
        return problem('badInput', `There is no Xero organisation "${wanted}" in this sign-in.`, `Known: ${known}.`)
      }
      const chosen = { ...pending, xero: { ...pending.xero, chosen: found.tenantId } }
      await writePending(tandem.folder, chosen)
      return settlePair(tandem, chosen)
    },
  }
}

function unknownState() {
  return problem(
    'stateUnknown',
    'This sign-in is unknown, already used, or older than ten minutes.',
    'Start again: tandem connect zoho, or tandem connect xero.',
  )
}

export function failedView(failed: ReturnType<typeof problem>): ConsentView {
  return { type: 'failed', ...failed.problem }
}
