import { describe, expect, test } from 'vitest'
import { mainOf, recordOf } from '../../test/engine/records.ts'
import { toyMapping } from '../../test/engine/toy-mapping.ts'
import { walkWith } from '../../test/engine/walk.ts'
import { chunkOf, dispatchOf, opOf } from '../../test/store/fixtures.ts'
import { SETTINGS, viewOf } from '../mapping/testing.ts'
import type { PartyKind } from '../model/kind.ts'
import type { RemoteRecord } from '../model/record.ts'
import type { Candidate } from '../plan/input.ts'
import type { Walk } from '../walk.ts'
import { otherRoleOf, waitingForOtherRole } from './other-role.ts'

const company = recordOf('zoho', 'a1', { Key: 'one@mail' }, { collection: 'Accounts' })
const vendor = recordOf('zoho', 'v1', { Key: 'one@mail' }, { collection: 'Vendors' })
const stranger = recordOf('zoho', 'v2', { Key: 'two@mail' }, { collection: 'Vendors' })

function candidateOf(main: RemoteRecord): Candidate {
  return { linkId: null, view: viewOf(main), main, marks: [], isPulledIn: false }
}

/** Both roles are on, and the Xero contacts of these records are planned: `op-0` and further. */
async function walkWhile(
  kind: PartyKind,
  ...mains: readonly RemoteRecord[]
): Promise<{ readonly walk: Walk; asked(): number }> {
  const on = { ...SETTINGS.kinds.vendor, isOn: true }
  const settings = { kinds: { ...SETTINGS.kinds, vendor: on } }
  const { walk } = await walkWith({ settings, mapping: toyMapping() })
  walk.cache.add(mains, walk.ports.clock.monotonic())
  const newLinks = mains.map((main, at) => ({ id: `L${at}`, kind, parts: [mainOf(main)] }))
  const intended = { event: 'createIntended', code: null, addParts: [], lines: null } as const
  const linkChanges = newLinks.map(({ id }) => ({ linkId: id, ...intended }))
  const ops = newLinks.map(({ id }, sequence) => opOf(`op-${sequence}`, { kind, linkId: id, sequence }))
  await walk.lane.recordChunk(chunkOf('plan', [], { newLinks, linkChanges, ops }))
  let count = 0
  const lane: Walk['lane'] = {
    ...walk.lane,
    mainParts(...asked) {
      count += 1
      return walk.lane.mainParts(...asked)
    },
  }
  return { walk: { ...walk, lane }, asked: () => count }
}

const refs = (...ids: readonly string[]) => ids.map((id) => `zoho/Vendors/${id}`)

describe('a new vendor while the Xero contact of a company is on its way', () => {
  // Catches: two contacts for one business (I2), or a vendor who waits for a company that has nothing to do with him.
  test('waits if they are known by the same, and else does not', async () => {
    const { walk } = await walkWhile('contact', company)
    const candidates = [vendor, stranger].map(candidateOf)
    const waiting = await waitingForOtherRole(walk, 'vendor', { candidates, otherRole: otherRoleOf(walk, 'vendor') })
    expect([...waiting]).toEqual(refs('v1'))
  })

  // Catches: every chunk of a first sync that reads all companies under way once more (the square of their number).
  test('all chunks of vendors read the companies once', async () => {
    const { walk, asked } = await walkWhile('contact', company)
    const otherRole = otherRoleOf(walk, 'vendor')
    for (const one of [vendor, stranger])
      await waitingForOtherRole(walk, 'vendor', { candidates: [candidateOf(one)], otherRole })
    expect(asked()).toBe(2)
  })
})

describe('a new company while the Xero contact of a vendor is planned', () => {
  const asCompany = (one: RemoteRecord) => candidateOf({ ...one, collection: 'Accounts' })

  // Catches: a company and a vendor that wait for each other for ever; and a table read with every company typed.
  test('waits for nobody of whom no answer is to come', async () => {
    const { walk, asked } = await walkWhile('vendor', vendor)
    const otherRole = otherRoleOf(walk, 'contact')
    const waiting = await waitingForOtherRole(walk, 'contact', { candidates: [asCompany(vendor)], otherRole })
    expect([...waiting]).toEqual([])
    expect(asked()).toBe(0)
  })

  // Catches: two contacts for one business, where the answer to the vendor's create was lost (I2).
  test('waits for one of whom the answer is to come', async () => {
    const { walk } = await walkWhile('vendor', vendor, stranger)
    await walk.lane.recordDispatch(dispatchOf('d1', ['op-0']))
    const of = { candidates: [vendor, stranger].map(asCompany), otherRole: otherRoleOf(walk, 'contact') }
    expect([...(await waitingForOtherRole(walk, 'contact', of))]).toEqual(['zoho/Accounts/v1'])
  })
})
