import { createFreshCache, createSightings, type Sightings } from './detect/fresh-cache.ts'
import type { EnginePorts, PassRequest, PassResult, Priority, Remotes } from './engine.ts'
import type { KindMapping } from './mapping/contract.ts'
import { mappingFor } from './mapping/index.ts'
import { KINDS, type Kind, zohoModulesOf } from './model/kind.ts'
import type { RemoteOutcome } from './model/outcome.ts'
import type { ReferenceData } from './model/reference.ts'
import { pauseIfLost } from './pause.ts'
import { createTally } from './record/tally.ts'
import { type Connection, type Lane, LeaseLost } from './store/contract.ts'
import type { Walk } from './walk.ts'

/** Lane lease: taken over this long after its owner's last sign of life (design section 4). */
export const LEASE_TTL_MS = 5_000
const LEASE_RENEW_MS = 1_500
/** Settings of both organisations are read again after a day, and by every sync that a person starts after an hour. */
const REFERENCE_MAX_AGE_MS = 24 * 60 * 60_000

type Opened =
  | { readonly type: 'open'; readonly walk: Walk; close(): Promise<void> }
  | Extract<PassResult, { readonly type: 'busy' | 'stopped' | 'done' }>

/** First sightings of versions outlive a pass, not the process. */
const sightingsOf = new WeakMap<object, Map<string, Sightings>>()

/** Everything a pass needs before its first step: the connection, its lane, its remotes, fresh enough reference data. */
export async function openWalk(ports: EnginePorts, request: PassRequest): Promise<Opened> {
  const connection = await ports.store.connections.get(request.connectionId)
  if (connection === undefined) return stopped('mappingInvalid', `There is no connection ${request.connectionId}`)
  const refusal = refusalOf(connection)
  if (refusal !== null) return refusal
  const lane = await ports.store.claimLane(connection.id, ports.chance.uuid(), LEASE_TTL_MS)
  if (lane === undefined) return { type: 'busy' }
  const heartbeat = keepLease(ports, lane)
  const close = async () => {
    heartbeat.stop()
    await releaseLane(lane)
  }
  try {
    if (request.trigger === 'recover' && (await isNothingOpen(ports, lane))) {
      await close()
      const { waiting } = await ports.store.reports.countInbox(connection.id, ports.clock.now())
      const report = createTally().toReport({}, { opened: 0, waiting })
      return { type: 'done', runId: ports.chance.uuid(), planId: null, report }
    }
    const remotes = await ports.openRemotes(connection, priorityOf(request))
    const reference = await referenceFor(ports, connection, remotes)
    if (reference.type === 'stopped') {
      await pauseIfLost(ports.store, connection.id, reference.code)
      await close()
      return reference
    }
    const runId = ports.chance.uuid()
    await lane.openRun({ id: runId, trigger: request.trigger, scope: request.scope, startedAt: ports.clock.now() })
    return {
      type: 'open',
      walk: makeWalk(ports, request, { runId, connection, reference: reference.value, lane, remotes }),
      close,
    }
  } catch (failure) {
    await close()
    if (failure instanceof LeaseLost) return { type: 'busy' }
    throw failure
  }
}

/** A newer owner has taken the lane over while this process stood still: there is nothing left to release (C17). */
async function releaseLane(lane: Lane): Promise<void> {
  try {
    await lane.release()
  } catch (failure) {
    if (!(failure instanceof LeaseLost)) throw failure
  }
}

/** A person who waits for an approved plan or a sync of their own gets all of the budget (design section 10, 1.1 x). */
function priorityOf(request: PassRequest): Priority {
  const isAwaited = request.approvedPlanId !== null || request.trigger === 'manual' || request.trigger === 'firstSync'
  return isAwaited ? 'interactive' : request.priority
}

/** The look of every minute leaves no run behind when there is nothing to see. */
async function isNothingOpen(ports: EnginePorts, lane: Lane): Promise<boolean> {
  const now = ports.clock.now()
  if ((await lane.opsToSettle(now)).length > 0) return false
  if ((await lane.openPlans()).some((plan) => plan.state !== 'held')) return false
  return (await lane.dueMarks({ kinds: KINDS, now, limit: 1 })).length === 0
}

function stopped(
  code: Extract<PassResult, { type: 'stopped' }>['code'],
  message: string,
): Extract<PassResult, { type: 'stopped' }> {
  return { type: 'stopped', runId: null, code, message }
}

function refusalOf(connection: Connection): Extract<PassResult, { type: 'stopped' }> | null {
  if (!connection.settings.allowSync)
    return stopped('syncSwitchedOff', 'Sync is switched off for this connection: set allowSync to true to go on')
  if (connection.state === 'paused') {
    return stopped(
      connection.pausedCode ?? 'reconnectNeeded',
      'This connection is paused: reconnect it, then sync again',
    )
  }
  if (connection.state !== 'ready') return stopped('reconnectNeeded', 'This connection is not connected on both sides')
  return null
}

function keepLease(ports: EnginePorts, lane: Lane): { stop(): void } {
  let isStopped = false
  const beat = async () => {
    for (;;) {
      await ports.clock.sleep(LEASE_RENEW_MS)
      if (isStopped) return
      // A lost lease shows itself at the next write: every one checks the fence (C17).
      await lane.renew(LEASE_TTL_MS).catch(() => {
        isStopped = true
      })
    }
  }
  void beat()
  return {
    stop() {
      isStopped = true
    },
  }
}

type ReferenceResult =
  | { readonly type: 'fresh'; readonly value: ReferenceData }
  | Extract<PassResult, { type: 'stopped' }>

async function referenceFor(ports: EnginePorts, connection: Connection, remotes: Remotes): Promise<ReferenceResult> {
  const { reference, referenceAt } = connection
  const modules = zohoModulesOf(connection.settings)
  const isFresh =
    reference !== null &&
    referenceAt !== null &&
    ports.clock.now() - referenceAt < REFERENCE_MAX_AGE_MS &&
    modules.every((module) => reference.zoho.fields[module] !== undefined)
  if (isFresh) return { type: 'fresh', value: reference }
  const [zoho, xero] = await Promise.all([remotes.zoho.fetchReference(modules), remotes.xero.fetchReference()])
  const failure = [zoho, xero].find((outcome) => outcome.type !== 'ok')
  if (zoho.type !== 'ok' || xero.type !== 'ok') {
    if (reference !== null && failure !== undefined && failure.type !== 'disconnected')
      return { type: 'fresh', value: reference }
    return stopped(codeOf(failure), messageOf(failure))
  }
  const value: ReferenceData = { zoho: zoho.value, xero: xero.value }
  const changed = changedOrganisation(connection, value)
  if (changed !== null) {
    await ports.store.connections.setState(connection.id, 'paused', changed.code)
    return changed
  }
  await ports.store.connections.saveReference(connection.id, value, ports.clock.now())
  return { type: 'fresh', value }
}

function codeOf(failure: RemoteOutcome<unknown> | undefined) {
  if (failure === undefined || failure.type === 'ok' || failure.type === 'throttled') return 'rateLimited' as const
  return failure.code
}

function messageOf(failure: RemoteOutcome<unknown> | undefined): string {
  if (failure === undefined || failure.type === 'ok' || failure.type === 'throttled')
    return 'The remote asks to slow down: try again later'
  return failure.message
}

/** Another organisation or base currency behind the same connection must never be written to (design section 6). */
function changedOrganisation(
  connection: Connection,
  value: ReferenceData,
): Extract<PassResult, { type: 'stopped' }> | null {
  if (value.zoho.zgid !== connection.zoho.zgid || value.xero.tenantId !== connection.xero.tenantId) {
    return stopped('organisationChanged', 'The login now leads to another organisation: reconnect the right one')
  }
  const known = connection.reference
  if (
    known !== null &&
    (known.zoho.baseCurrency !== value.zoho.baseCurrency || known.xero.baseCurrency !== value.xero.baseCurrency)
  ) {
    return stopped(
      'baseCurrencyChanged',
      'The base currency of an organisation has changed: check the settings before going on',
    )
  }
  return null
}

interface WalkParts {
  readonly runId: string
  readonly connection: Connection
  readonly reference: ReferenceData
  readonly lane: Lane
  readonly remotes: Remotes
}

function makeWalk(ports: EnginePorts, request: PassRequest, parts: WalkParts): Walk {
  const mappings = new Map<Kind, KindMapping>()
  const byConnection = sightingsOf.get(ports.store) ?? new Map<string, Sightings>()
  sightingsOf.set(ports.store, byConnection)
  const sightings = byConnection.get(parts.connection.id) ?? createSightings()
  byConnection.set(parts.connection.id, sightings)
  return {
    ports,
    request,
    ...parts,
    cache: createFreshCache(sightings, () => ports.clock.monotonic()),
    tally: createTally(),
    fingerprint: ports.fingerprint(parts.connection.id),
    mapping(kind) {
      const mapping = mappings.get(kind) ?? mappingFor(kind, parts.connection.settings)
      mappings.set(kind, mapping)
      return mapping
    },
  }
}
