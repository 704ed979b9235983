import { describe, expect, test } from 'vitest'
import { mainOf, recordOf, second, shadowOf } from '../../test/engine/records.ts'
import { createOf, opsOnRecord, type TestWalk, walkWith } from '../../test/engine/walk.ts'
import { dispatchOf } from '../../test/store/fixtures.ts'
import type { Link } from '../model/link.ts'
import type { RemoteRecord } from '../model/record.ts'
import type { Mark, MarkReason } from '../store/contract.ts'
import { sortQuiet } from './quiet.ts'

const SHADOW = shadowOf({ name: 'ada', phone: '1', note: '', xeroId: 'x1' })
const product = recordOf('zoho', 'z1', { name: 'ada', phone: '1', Xero_ID: 'x1' }, { version: second(5) })
const item = recordOf('xero', 'x1', { name: 'ADA', phone: '1' })

function linkOf(values: Partial<Link> = {}, shadow = SHADOW): Link {
  return {
    id: 'L1',
    kind: 'item',
    state: 'linked',
    generation: 1,
    attempts: 0,
    nextAttemptAt: null,
    lastCode: null,
    lines: [],
    parts: [mainOf(product, { shadow }), mainOf(item)],
    ...values,
  }
}

function markOf(record: RemoteRecord, reason: MarkReason = 'poll'): Mark {
  const { side, collection, id } = record
  return { side, collection, remoteId: id, kind: 'item', reason, token: 't', since: 0, dueAt: 0 }
}

async function sorted(link: Link, read: RemoteRecord, mark = markOf(product), under?: TestWalk) {
  const { walk } = under ?? (await walkWith())
  walk.cache.add([read], walk.ports.clock.monotonic())
  return sortQuiet(walk, 'item', [{ link, main: null, marks: [mark] }])
}

describe('a record is quiet when every mapped field equals its shadow', () => {
  test('the echo of our own write is cleared without reading its partner (calls, design section 10)', async () => {
    const under = await walkWith()
    const { busy, clear } = await sorted(linkOf(), product, markOf(product), under)
    expect({ busy, clear: clear.map((ref) => ref.remoteId) }).toEqual({ busy: [], clear: ['z1'] })
    expect([...under.xero.control.calls, ...under.zoho.control.calls]).toEqual([])
  })
  test.each([
    ['one field differs', linkOf(), { ...product, fields: { ...product.fields, phone: '2' } }],
    ['a field has no shadow yet', linkOf({}, shadowOf({ name: 'ada', phone: '1', note: '' })), product],
    ['it is archived', linkOf(), { ...product, life: 'archived' as const }],
    ['its shadows are of an older mapping', linkOf({ generation: 0 }), product],
    ['its link is held', linkOf({ state: 'held' }), product],
    ['its link is conflicted', linkOf({ state: 'conflicted' }), product],
  ])('not when %s: an edit would be called settled', async (_name, link, record) => {
    const { busy, clear, settled } = await sorted(link, record)
    expect(busy).toHaveLength(1)
    expect([...clear, ...settled]).toEqual([])
  })
  test.each(['person', 'retry', 'recover', 'deleted', 'absent', 'moved', 'parent'] as const)(
    'not for a mark of reason %s: it asks for both sides',
    async (reason) => {
      expect((await sorted(linkOf(), product, markOf(product, reason))).busy).toHaveLength(1)
    },
  )
  // Catches: the mark of a link whose last write has no answer yet, cleared because the old value still stands there.
  test('not while a write of its link is unsettled: what it looks like now says nothing', async () => {
    const under = await walkWith()
    const op = { ...createOf('L1'), verb: 'update' as const, remoteId: 'x1' }
    await opsOnRecord(under.walk, [op])
    await under.walk.lane.recordDispatch(dispatchOf('d', [op.id]))
    const { busy, clear } = await sorted(linkOf(), product, markOf(product), under)
    expect({ busy: busy.length, clear }).toEqual({ busy: 1, clear: [] })
  })
  test('not when it is gone: a deleted record equals no shadow', async () => {
    const under = await walkWith()
    const { busy } = await sortQuiet(under.walk, 'item', [{ link: linkOf(), main: null, marks: [markOf(product)] }])
    expect(busy).toHaveLength(1)
  })
  test('a thing with one loud mark is planned as a whole', async () => {
    const { walk } = await walkWith()
    const loud = { ...item, fields: { name: 'OTHER' } }
    walk.cache.add([product, loud], 0)
    const thing = { link: linkOf(), main: null, marks: [markOf(product), markOf(loud)] }
    expect(await sortQuiet(walk, 'item', [thing])).toMatchObject({ busy: [thing], clear: [] })
  })
})

describe('its version', () => {
  test('is not stored while its second may still be running (I16)', async () => {
    expect((await sorted(linkOf(), product)).settled).toEqual([])
  })
  test('is stored once it has settled: the next poll skips the row', async () => {
    const under = await walkWith()
    under.walk.cache.add([product], under.clock.monotonic())
    under.clock.pass(2_000)
    const { settled } = await sorted(linkOf(), product, markOf(product), under)
    expect(settled).toMatchObject([{ linkId: 'L1', version: product.version, shadow: {} }])
  })
})

test('an unlinked record is never quiet: it has no shadow to equal', async () => {
  const { walk } = await walkWith()
  const thing = {
    link: null,
    main: { side: 'zoho', collection: 'Products', remoteId: 'z1' } as const,
    marks: [markOf(product)],
  }
  expect((await sortQuiet(walk, 'item', [thing])).busy).toEqual([thing])
})
