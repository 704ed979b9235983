import { describe, expect, test } from 'vitest'
import type { InboxItemView } from '../views/report.ts'
import { fittingResolution, itemNamed } from './resolution.ts'

const XERO_ID = 'f0693a51-5389-4a16-b6c7-7848829a1de9'

function itemOf(id: string, values: Partial<InboxItemView> = {}): InboxItemView {
  const candidates = [
    { side: 'xero', remoteId: XERO_ID, title: 'Ada', isLinked: false },
    { side: 'xero', remoteId: 'e1111111-5389-4a16-b6c7-7848829a1de9', title: 'Eve', isLinked: true },
  ]
  return {
    id,
    connectionId: 'c1',
    type: 'hold',
    code: 'ambiguousMatch',
    kind: 'contact',
    linkId: null,
    title: 'Ada Ltd',
    detail: { key: 'name:ada', candidates },
    records: [{ side: 'zoho', collection: 'Accounts', remoteId: '123456' }],
    openedAt: 0,
    ...values,
  }
}

function titleOf(outcome: { type: string; problem?: { title: string; fix: string } }): string {
  return outcome.problem === undefined ? outcome.type : `${outcome.problem.title} ${outcome.problem.fix}`
}

// Catches: a short id that settles the wrong item.
test('an item is named by its id or by a beginning that no other has', () => {
  const items = [itemOf('aaaa1'), itemOf('aaaa2'), itemOf('b')]
  expect(itemNamed(items, 'aaaa1')).toMatchObject({ value: { id: 'aaaa1' } })
  expect(itemNamed(items, 'b')).toMatchObject({ value: { id: 'b' } })
  expect(titleOf(itemNamed(items, 'aaaa'))).toContain('Several items begin with aaaa: aaaa1 (Ada Ltd), aaaa2')
  expect(titleOf(itemNamed(items, 'zzz'))).toContain('no open inbox item zzz')
})

// Catches: decisions that are taken down and then come to nothing, or join the wrong records.
describe('a decision that does not fit is refused with what would fit', () => {
  const link = (side: 'zoho' | 'xero', remoteId: string) => ({ type: 'link', side, remoteId }) as const
  const conflict = itemOf('c', { type: 'conflict', code: 'bothSidesChanged', records: [] })

  test('the beginning of a candidate is enough, and is written out', () => {
    expect(fittingResolution(itemOf('a'), link('xero', 'f069'))).toMatchObject({ value: { remoteId: XERO_ID } })
    expect(fittingResolution(itemOf('a'), link('xero', XERO_ID))).toMatchObject({ value: { remoteId: XERO_ID } })
  })

  test.each([
    { item: itemOf('a'), request: link('xero', 'e11'), says: '"Eve" belongs to another pair already' },
    { item: itemOf('a'), request: link('xero', 'nonsense'), says: '"nonsense" is no id of a record in Xero' },
    { item: itemOf('a'), request: link('zoho', '999999'), says: 'itself in Zoho CRM. Name its partner in Xero' },
    { item: itemOf('a', { records: [] }), request: link('xero', XERO_ID), says: 'Both sides of this one are linked' },
    { item: itemOf('a'), request: { type: 'choose', side: 'zoho' } as const, says: 'no two values to choose between' },
    { item: conflict, request: { type: 'retry' } as const, says: 'choose zoho, choose xero, detach' },
    { item: itemOf('a'), request: { type: 'chooseKey' } as const, says: 'Only a product without a code' },
    { item: itemOf('a'), request: { type: 'delete' } as const, says: 'No delete waits for your word here' },
    { item: conflict, request: link('xero', XERO_ID), says: 'choose zoho, choose xero, detach' },
  ])('$says', ({ item, request, says }) => {
    expect(titleOf(fittingResolution(item, request))).toContain(says)
  })

  test('a product without a code can be given one, and says so', () => {
    const item = itemOf('a', { kind: 'item', code: 'productWithoutCode' })
    expect(fittingResolution(item, { type: 'chooseKey' })).toMatchObject({ type: 'ok' })
    expect(titleOf(fittingResolution(item, { type: 'choose', side: 'zoho' }))).toContain('code, link SIDE:ID')
  })

  test.each(['deleteNeedsConsent', 'targetDeleted'] as const)('%s: it can be let go, and says so', (code) => {
    const item = itemOf('a', { kind: 'invoice', code })
    expect(fittingResolution(item, { type: 'delete' })).toMatchObject({ type: 'ok' })
    expect(titleOf(fittingResolution(item, { type: 'choose', side: 'zoho' }))).toContain('delete, link SIDE:ID')
  })

  test('whoever is not listed may still be named, by a whole id', () => {
    const other = '11111111-2222-3333-4444-555555555555'
    expect(fittingResolution(itemOf('a'), link('xero', other))).toMatchObject({ value: { remoteId: other } })
  })
})
