import { createFreshCache, createSightings } from '../../src/detect/fresh-cache.ts'
import type { EnginePorts, PassRequest, Progress } from '../../src/engine.ts'
import type { KindMapping } from '../../src/mapping/contract.ts'
import { REFERENCE, SETTINGS } from '../../src/mapping/testing.ts'
import type { LinkPart } from '../../src/model/link.ts'
import type { Op } from '../../src/model/op.ts'
import type { ConnectionSettings } from '../../src/model/settings.ts'
import { noCrash } from '../../src/ports/crash-point.ts'
import { silentLog } from '../../src/ports/log.ts'
import { createTally } from '../../src/record/tally.ts'
import type { XeroRemote, ZohoRemote } from '../../src/remotes/contract.ts'
import { createMemoryStore } from '../../src/store/memory/store.ts'
import type { Walk } from '../../src/walk.ts'
import { chance, chunkOf, connectionNamed, HandClock, opOf } from '../store/fixtures.ts'
import { type Fake, type FakeOptions, fakeXero, fakeZoho } from './fake-remote.ts'
import { print } from './records.ts'
import { toyMapping } from './toy-mapping.ts'

export const REQUEST: PassRequest = {
  connectionId: 'c1',
  trigger: 'schedule',
  scope: { kinds: ['item'], mode: 'both', since: null },
  priority: 'background',
  until: 'sync',
  approvedPlanId: null,
  detect: 'lists',
}

/** One connection on a memory store between two fake remotes, with a lane taken and a pass under way. */
export interface TestWalk {
  readonly walk: Walk
  readonly clock: HandClock
  readonly zoho: Fake<ZohoRemote>
  readonly xero: Fake<XeroRemote>
  readonly progress: readonly Progress[]
}

export interface WalkSpec {
  readonly zoho?: FakeOptions
  readonly xero?: FakeOptions
  readonly mapping?: KindMapping
  readonly settings?: Partial<ConnectionSettings>
  readonly request?: Partial<PassRequest>
}

export async function walkWith(spec: WalkSpec = {}): Promise<TestWalk> {
  const clock = new HandClock()
  const store = createMemoryStore({ clock, chance })
  const zoho = fakeZoho(spec.zoho)
  const xero = fakeXero(spec.xero)
  const progress: Progress[] = []
  const settings = { ...SETTINGS, ...spec.settings }
  await store.connections.create({
    ...connectionNamed('c1'),
    settings,
    reference: REFERENCE,
    referenceAt: clock.now(),
  })
  const ports: EnginePorts = {
    clock,
    chance,
    log: silentLog,
    store,
    openRemotes: async () => ({ zoho: zoho.remote, xero: xero.remote }),
    fingerprint: () => print,
    linkId: (text) => text.replaceAll(/[^0-9A-Za-z]/g, '-'),
    crash: noCrash,
    progress: (event) => void progress.push(event),
  }
  const lane = await store.claimLane('c1', 'me', 3_600_000)
  const connection = await store.connections.get('c1')
  if (lane === undefined || connection === undefined) throw new Error('unreachable: both were just made')
  await lane.openRun({ id: 'run', trigger: 'schedule', scope: REQUEST.scope, startedAt: clock.now() })
  const walk: Walk = {
    ports,
    request: { ...REQUEST, ...spec.request },
    runId: 'run',
    connection,
    reference: REFERENCE,
    lane,
    remotes: { zoho: zoho.remote, xero: xero.remote },
    cache: createFreshCache(createSightings(), () => clock.monotonic()),
    tally: createTally(),
    fingerprint: print,
    mapping: () => spec.mapping ?? toyMapping(),
  }
  return { walk, clock, zoho, xero, progress }
}

/** A link on record, joining these parts. */
export async function linkOnRecord(walk: Walk, linkId: string, parts: readonly LinkPart[]): Promise<void> {
  await walk.lane.recordChunk(
    chunkOf('founding', [], {
      newLinks: [{ id: linkId, kind: 'item', parts }],
      linkChanges: [{ linkId, event: 'matched', code: null, addParts: [], lines: null }],
    }),
  )
}

/** Ops on record as a plan that is being applied; `link-<n>` with a Zoho record each. */
export async function opsOnRecord(walk: Walk, ops: readonly Op[]): Promise<readonly Op[]> {
  const linkIds = [...new Set(ops.map((op) => op.linkId))]
  await walk.lane.recordChunk(
    chunkOf('plan', [], {
      newLinks: linkIds.map((id) => ({ id, kind: 'item', parts: [] })),
      linkChanges: linkIds.map((linkId) => ({
        linkId,
        event: 'createIntended',
        code: null,
        addParts: [],
        lines: null,
      })),
      ops,
    }),
  )
  return ops
}

/** Creates in Xero, one per link. */
export function createsOf(count: number): readonly Op[] {
  return Array.from({ length: count }, (_, at) => createOf(`link-${at}`, at))
}

export function createOf(linkId: string, at = 0): Op {
  return opOf(`op-${at}`, {
    linkId,
    sequence: at,
    kind: 'item',
    collection: 'Items',
    payload: { name: `N${at}` },
    changes: [{ field: 'name', before: null, after: `N${at}`, reason: 'create' }],
    naturalKey: { field: 'Number', value: `T-${linkId}` },
    sourceShadow: [{ side: 'zoho', collection: 'Products', remoteId: `z${at}`, field: 'name', value: `n${at}` }],
  })
}

export async function opStates(walk: Walk): Promise<readonly string[]> {
  return (await walk.ports.store.reports.planOps('plan')).map((op) => op.state)
}

/** Marks by record, with their reasons. */
export async function marksOf(walk: Walk): Promise<Readonly<Record<string, string>>> {
  const marks = await walk.lane.dueMarks({
    kinds: ['contact', 'item', 'invoice'],
    now: Number.MAX_SAFE_INTEGER,
    limit: 100_000,
  })
  return Object.fromEntries(marks.map((mark) => [mark.remoteId, mark.reason]))
}
