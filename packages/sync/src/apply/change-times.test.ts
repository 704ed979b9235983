import { describe, expect, test } from 'vitest'
import { second } from '../../test/engine/records.ts'
import { createOf } from '../../test/engine/walk.ts'
import type { Op } from '../model/op.ts'
import type { RowOutcome } from '../model/outcome.ts'
import type { RecordRef } from '../model/record.ts'
import { timesOf } from './change-times.ts'

const create: Op = {
  ...createOf('link-0'),
  basis: [{ side: 'zoho', collection: 'Products', remoteId: 'z1', version: second(3) }],
}
const update: Op = {
  ...create,
  verb: 'update',
  remoteId: 'x1',
  basis: [...create.basis, { side: 'xero', collection: 'Items', remoteId: 'x1', version: second(1) }],
}
const BORN = '2020-01-01T00:00:00.000Z'
const known = (answer?: RowOutcome) => ({
  record: ({ side }: RecordRef) => (side === 'zoho' ? { createdAt: BORN } : undefined),
  answer,
})
const done = (version: string | null): RowOutcome => ({
  type: 'ok',
  remoteId: 'x1',
  version,
  record: null,
  warnings: [],
})

// Catches: a line of the audit log that has our time alone, or one side's time under the other's name (R21h).
describe('the times beside a change', () => {
  test('of a create: what the source says of itself, and the moment that the target names for what it has made', () => {
    expect(timesOf(create, known(done(second(5))))).toEqual({
      zoho: { created: BORN, modified: second(3) },
      xero: { created: second(5), modified: second(5) },
    })
  })
  test('of an update: the version that the write has made, not the one that it was planned from', () => {
    expect(timesOf(update, known(done(second(5))))).toEqual({
      zoho: { created: BORN, modified: second(3) },
      xero: { created: null, modified: second(5) },
    })
  })
  test('of what had no answer: the versions that it was planned from', () => {
    const unknown: RowOutcome = { type: 'unknown', code: 'remoteTimedOut', message: '' }
    for (const answer of [undefined, unknown, done(null)]) {
      expect(timesOf(update, known(answer)).xero).toEqual({ created: null, modified: second(1) })
      expect(timesOf(create, known(answer)).xero).toBeNull()
    }
  })
  test('of a person: their own, not their company’s', () => {
    const person = { side: 'xero', collection: 'Items', remoteId: 'x2', version: second(2) } as const
    const op = { ...update, remoteId: 'x2', basis: [...update.basis, person] }
    expect(timesOf(op, known()).xero).toEqual({ created: null, modified: second(2) })
  })
})
