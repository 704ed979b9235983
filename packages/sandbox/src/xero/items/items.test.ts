import { expect, test } from 'vitest'
import { at, messagesOf, startSandbox, textAt } from '../testing.ts'

const CONS = {
  Code: 'CONS',
  Name: 'Consulting',
  SalesDetails: { UnitPrice: '12.3456', AccountCode: '200', TaxType: 'OUTPUT' },
}

test('prices have 2 decimals, and 4 only when written and read with unitdp=4', async () => {
  const { call } = await startSandbox()
  expect((await call('PUT', 'Items', { body: { Items: [CONS] } })).text).toContain('"UnitPrice":12.35')
  expect((await call('POST', 'Items?unitdp=4', { body: { Items: [CONS] } })).text).toContain('"UnitPrice":12.3456')
  expect((await call('GET', 'Items')).text).toContain('"UnitPrice":12.35')
  expect((await call('GET', 'Items/CONS?unitdp=4')).text).toContain('"UnitPrice":12.3456')
})

test('a used code, a long name and 501 items are refused', async () => {
  const { call } = await startSandbox()
  await call('PUT', 'Items', { body: CONS })
  expect(messagesOf(await call('PUT', 'Items', { body: CONS }))).toContain(
    "Price List Item with Code 'CONS' already exists",
  )
  expect((await call('PUT', 'Items', { body: { Code: 'X', Name: 'N'.repeat(51) } })).status).toBe(400)
  const many = Array.from({ length: 501 }, (_, index) => ({ Code: `I${index}` }))
  expect((await call('PUT', 'Items', { body: { Items: many } })).status).toBe(400)
})

test('IsSold false takes the sales side away', async () => {
  const { call } = await startSandbox()
  await call('PUT', 'Items', { body: { ...CONS, Description: 'An hour' } })
  const answer = await call('POST', 'Items', { body: { Code: 'CONS', IsSold: false } })
  expect(at(answer.json, 'Items', 0, 'Description')).toBeUndefined()
  expect(at(answer.json, 'Items', 0, 'SalesDetails')).toEqual({})
})

test('a deleted item vanishes without a tombstone; a used one leaves its text, or stays by switch', async () => {
  const { call, sandbox } = await startSandbox()
  await call('PUT', 'Items', { body: CONS })
  const line = { ItemCode: 'CONS', Description: 'Kept', Quantity: 1 }
  const made = await call('PUT', 'Invoices', { body: { Type: 'ACCREC', Contact: { Name: 'A' }, LineItems: [line] } })
  sandbox.control.switches.set('usedItemDelete', 'refused')
  expect((await call('DELETE', 'Items/CONS')).status).toBe(400)
  sandbox.control.switches.set('usedItemDelete', 'keepsText')
  expect((await call('DELETE', 'Items/CONS')).status).toBe(204)
  expect(at((await call('GET', 'Items')).json, 'Items')).toEqual([])
  const invoice = await call('GET', `Invoices/${textAt(made.json, 'Invoices', 0, 'InvoiceID')}`)
  expect(at(invoice.json, 'Invoices', 0, 'LineItems', 0)).toMatchObject({ ItemCode: 'CONS', Description: 'Kept' })
})

test('Code and ItemID that disagree: the id wins and it is a rename, or the code wins by switch', async () => {
  const { call, sandbox } = await startSandbox()
  const id = textAt((await call('PUT', 'Items', { body: CONS })).json, 'Items', 0, 'ItemID')
  await call('PUT', 'Items', { body: { Code: 'OTHER' } })
  expect((await call('POST', 'Items', { body: { ItemID: id, Code: 'OTHER' } })).status).toBe(400)
  sandbox.control.switches.set('itemCodeIdMismatch', 'codeWins')
  const other = await call('POST', 'Items', { body: { ItemID: id, Code: 'OTHER', Name: 'New' } })
  expect(at(other.json, 'Items', 0, 'ItemID')).not.toBe(id)
})
