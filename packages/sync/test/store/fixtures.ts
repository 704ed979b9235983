import { randomUUID } from 'node:crypto'
import { DEFAULT_SETTINGS } from '../../src/model/default-settings.ts'
import type { Collection, Kind } from '../../src/model/kind.ts'
import type { LinkPart, ShadowField } from '../../src/model/link.ts'
import type { Op } from '../../src/model/op.ts'
import type { NewHold, PlanChunk } from '../../src/model/plan.ts'
import type { RecordRef } from '../../src/model/record.ts'
import type { Side } from '../../src/model/side.ts'
import type { Chance } from '../../src/ports/chance.ts'
import type { Clock } from '../../src/ports/clock.ts'
import type { Connection, Mark, NewDispatch, NewMark, OpOutcome, RecordedChunk } from '../../src/store/contract.ts'

/** A clock that a test moves. */
export class HandClock implements Clock {
  #now = 1_760_000_000_000
  now(): number {
    return this.#now
  }
  monotonic(): number {
    return this.#now
  }
  async sleep(milliseconds: number): Promise<void> {
    this.#now += milliseconds
  }
  pass(milliseconds: number): void {
    this.#now += milliseconds
  }
}

export const chance: Chance = { uuid: () => randomUUID(), float: () => 0.5 }

export type NewConnection = Omit<Connection, 'generation' | 'firstSyncDone'>

/** A connection whose organisations nobody else has. */
export function connectionNamed(id: string): NewConnection {
  return {
    id,
    name: `Connection ${id}`,
    zoho: { credentialId: 'z', dataCentre: 'eu', apiDomain: 'http://localhost', zgid: `zgid-${id}`, orgName: 'Org' },
    xero: { credentialId: 'x', xeroConnectionId: `xc-${id}`, tenantId: `tenant-${id}`, tenantName: 'Tenant' },
    settings: DEFAULT_SETTINGS,
    state: 'ready',
    pausedCode: null,
    reference: null,
    referenceAt: null,
  }
}

export function zohoAccount(remoteId: string): RecordRef {
  return { side: 'zoho', collection: 'Accounts', remoteId }
}

export function xeroContact(remoteId: string): RecordRef {
  return { side: 'xero', collection: 'Contacts', remoteId }
}

export function markOf(ref: RecordRef, values: Partial<NewMark> = {}): NewMark {
  return { ...ref, kind: 'contact', reason: 'poll', dueAt: 0, ...values }
}

export function print(text: string): ShadowField {
  return { print: `p(${text})`, value: text, isPurged: false }
}

export function partOf(ref: RecordRef, values: Partial<LinkPart> = {}): LinkPart {
  return { ...ref, role: 'main', version: null, shadow: {}, ...values }
}

export function placeOn(side: Side, collection: Collection): LinkPart {
  return { side, collection, remoteId: null, role: 'main', version: null, shadow: {} }
}

export const EMPTY_CHUNK: PlanChunk = {
  newLinks: [],
  linkChanges: [],
  ops: [],
  settled: [],
  conflicts: [],
  holds: [],
  clear: [],
  skipped: [],
}

export function chunkOf(planId: string, marks: readonly Mark[], chunk: Partial<PlanChunk>): RecordedChunk {
  return { planId, runId: `run-${planId}`, now: 1_760_000_000_000, marks, chunk: { ...EMPTY_CHUNK, ...chunk } }
}

export function opOf(id: string, values: Partial<Op> = {}): Op {
  return {
    id,
    planId: 'plan',
    linkId: 'link',
    sequence: 1,
    kind: 'contact',
    side: 'xero',
    collection: 'Contacts',
    role: 'main',
    verb: 'create',
    remoteId: null,
    title: 'Ada Ltd',
    changes: [{ field: 'name', before: null, after: 'Ada Ltd', reason: 'create' }],
    payload: { Name: 'Ada Ltd' },
    sourceShadow: [],
    naturalKey: { field: 'ContactNumber', value: 'T-1' },
    beforeVersion: null,
    basis: [],
    after: [],
    state: 'intended',
    code: null,
    message: null,
    ...values,
  }
}

export function dispatchOf(id: string, opIds: readonly string[], values: Partial<NewDispatch> = {}): NewDispatch {
  return {
    id,
    runId: 'run-plan',
    side: 'xero',
    idempotencyKey: id,
    method: 'PUT',
    path: '/Contacts',
    body: '{}',
    opIds,
    sentAt: 1_760_000_000_000,
    settleAfter: 1_760_000_900_000,
    ...values,
  }
}

export function outcomeOf(opId: string, values: Partial<OpOutcome> = {}): OpOutcome {
  return {
    opId,
    linkId: 'link',
    state: 'confirmed',
    code: null,
    message: null,
    at: 1_760_000_001_000,
    part: null,
    linkEvent: null,
    shadows: [],
    lines: null,
    marks: [],
    retryAt: null,
    hold: null,
    settleAfter: null,
    ...values,
  }
}

export function holdOf(code: NewHold['code'], values: Partial<NewHold> = {}): NewHold {
  const kind: Kind = 'contact'
  return { linkId: null, kind, code, title: 'Ada Ltd', detail: {}, marks: [], ...values }
}
