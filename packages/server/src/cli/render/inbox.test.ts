import type { Value } from '@tandem/sync/model/value.ts'
import { describe, expect, test } from 'vitest'
import type { InboxItemView } from '../../views/report.ts'
import { causeLines } from './causes.ts'
import { inboxLines, shortIds } from './inbox.ts'

const ZOHO = { side: 'zoho', collection: 'Accounts', remoteId: '5600000000001000479' } as const
const XERO_ID = 'f0693a51-5389-4a16-b6c7-7848829a1de9'

function itemOf(id: string, detail: Value, values: Partial<InboxItemView> = {}): InboxItemView {
  return {
    id,
    connectionId: 'c1',
    type: 'hold',
    code: 'nameTakenByStranger',
    kind: 'contact',
    linkId: null,
    title: 'Ada Ltd',
    detail,
    records: [ZOHO],
    openedAt: 0,
    ...values,
  }
}

function shownOf(...items: InboxItemView[]): string {
  return inboxLines(items, 'en').join('\n')
}

const candidate = (values: Record<string, Value> = {}) => ({
  detail: {
    key: 'name:ada',
    count: '1',
    candidates: [{ side: 'xero', remoteId: XERO_ID, title: 'Ada', isLinked: false, ...values }],
  },
})

// Catches: an inbox that says what is wrong, and leaves a person to guess what to type.
describe('an item', () => {
  test('of a name that is taken: cause, fix, the candidate with side, title and id, and the exact command', () => {
    const text = shownOf(itemOf('aaaaaa11', candidate()))
    expect(text).toContain('is in the other system already. (1)')
    expect(text).toContain('link them')
    expect(text).toContain('aaaaaa  contact "Ada Ltd"  (Zoho CRM 5600000000001000479)')
    expect(text).toContain(`like Xero "Ada" ${XERO_ID} (name: ada)`)
    expect(text).toContain(`-> tandem inbox resolve aaaaaa link xero:${XERO_ID}`)
  })

  test('whose candidate has its partner, or is on its own side, offers no link that would be refused', () => {
    expect(shownOf(itemOf('a', candidate({ isLinked: true })))).not.toMatch(/resolve \S+ link/)
    expect(shownOf(itemOf('a', candidate({ isLinked: true })))).toContain('which has its partner')
    expect(shownOf(itemOf('a', candidate({ side: 'zoho', remoteId: '77' })))).not.toMatch(/resolve \S+ link/)
  })

  test('of a product without a code offers to give it one, no other does', () => {
    const product = itemOf('a', {}, { kind: 'item', code: 'productWithoutCode' })
    expect(shownOf(product)).toMatch(/resolve \S+ code {3}\(give it one/)
    expect(shownOf(itemOf('a', candidate()))).not.toMatch(/resolve \S+ code/)
  })

  test('of a refusal shows the message of the other system, whole, on one line', () => {
    const message = `Line 1\n\u001b[2J${'x'.repeat(200)}`
    const text = shownOf(itemOf('a', { opId: 'o', message }, { type: 'refusal', code: 'contentRefused' }))
    expect(text).toContain(`      Line 1 [2J${'x'.repeat(200)}`)
  })

  test('of a conflict shows the field and both values, parts that differ only, and both choices', () => {
    const phone = (number: string) => ({ number, country: '61' })
    const detail = { field: 'phone', base: null, zoho: phone('1111'), xero: phone('2222'), policy: 'ask' }
    const text = shownOf(itemOf('a', detail, { type: 'conflict', code: 'bothSidesChanged', records: [] }))
    expect(text).toContain('phone.number: "1111" in Zoho CRM, "2222" in Xero')
    expect(text).not.toContain('country')
    expect(text).toContain('choose zoho')
    expect(text).toContain('choose xero')
  })

  test('that waits for another names it by its short id', () => {
    const waits = { detail: 'x', waitsFor: [{ system: 'zoho', collection: 'Accounts', id: ZOHO.remoteId }] }
    const invoice = itemOf('bbbbbb22', waits, { kind: 'invoice', code: 'missingParent', title: 'Z-1', records: [] })
    expect(shownOf(itemOf('aaaaaa11', candidate()), invoice)).toContain('waits for contact "Ada Ltd": see aaaaaa')
  })

  test('of a name that a write found taken offers the holder', () => {
    const detail = { field: 'Name', holder: XERO_ID, message: 'The contact name Ada Ltd is already assigned' }
    const text = shownOf(itemOf('a', detail, { type: 'refusal' }))
    expect(text).toContain('Name: The contact name Ada Ltd is already assigned')
    expect(text).toContain(`link xero:${XERO_ID}`)
  })
})

test('short ids grow until they tell all items apart', () => {
  const ids = shortIds([itemOf('aaaaaaa1', ''), itemOf('aaaaaaa2', ''), itemOf('b', '')])
  expect([...ids.values()]).toEqual(['aaaaaaa1', 'aaaaaaa2', 'b'])
  expect([...shortIds([itemOf('aaaaaa11', ''), itemOf('bbbbbb22', '')]).values()]).toEqual(['aaaaaa', 'bbbbbb'])
})

test('the overview speaks the language that was asked for, with counts by kind and few titles', () => {
  const items = ['A', 'B', 'C', 'D'].map((title) => itemOf(title, '', { title }))
  const [cause, titles, fix] = causeLines([...items, itemOf('E', '', { kind: 'item' })], 'de')
  expect(cause).toMatch(/schon da\. \(4 contacts, 1 item\)$/)
  expect(titles?.trim()).toBe('A, B, C, …')
  expect(fix).toContain('verknüpfen Sie sie')
})
