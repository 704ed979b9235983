import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { openStore } from '@tandem/sync/store/open-store.ts'
import { afterEach, expect, test } from 'vitest'
import { xeroCreate, xeroEdit, zohoCreate, zohoEdit } from '../../src/rig/acts.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'
import { readStates } from '../../src/rig/oracle-state.ts'
import { forgetRequests, writesSeen } from '../../src/rig/requests.ts'
import { settle } from '../../src/rig/settle.ts'
import { expectAgrees, expectCorresponds } from '../engine/corresponds.ts'
import { companyOf, found, syncedCompany } from '../engine/small-company.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tandem-backup-'))
const data = path.join(folder, 'data')
let rig: EngineRig
afterEach(async () => {
  await rig.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

const DAY = 24 * 60 * 60_000

async function openData(of: Pick<EngineRig, 'ports'>) {
  return openStore({ clock: of.ports.clock, chance: of.ports.chance, dataDir: data })
}

const invoice = (customer: string, product: string, subject: string) =>
  zohoCreate(rig, 'Invoices', {
    Subject: subject,
    Account_Name: { id: customer },
    Invoice_Date: '2026-11-18',
    Due_Date: '2026-12-18',
    Status: 'Created',
    Invoiced_Items: [{ Product_Name: { id: product }, Quantity: 1, List_Price: 10 }],
  })

// Catches: a restored store that makes everything of the last day a second time, writes yesterday's values back over
// edits that had crossed, or loses what people typed since (I2, I3, R17).
test('a store of yesterday put back: adopted, no duplicate, no edit lost, no write for what agrees', async () => {
  rig = await syncedCompany({
    openStore: ({ clock, chance }) => openStore({ clock, chance, dataDir: data }),
    profile: { contacts: 6 },
  })
  await rig.store.close()
  fs.cpSync(data, path.join(folder, 'backup'), { recursive: true })
  rig = rig.withStore(await openData(rig))

  // A day goes by: things are made and edited on both sides, and cross.
  const states = await readStates(rig)
  const [one, two, three] = states.zoho.records.Accounts.filter((account) => account.Xero_ID !== '')
  const product = states.zoho.records.Products.find((record) => record.Xero_ID !== '')
  if (one === undefined || two === undefined || three === undefined || product === undefined)
    throw new Error('Nothing is linked')
  await zohoEdit(rig, { module: 'Accounts', id: one.id }, { Phone: '+61 2 5550 1111' })
  await xeroEdit(rig, { action: 'editContact', id: two.Xero_ID }, { EmailAddress: 'day.two@example.com' })
  const fromCrm = await zohoCreate(rig, 'Accounts', { Account_Name: 'Made In The CRM' })
  const fromBooks = await xeroCreate(rig, 'createContact', {
    Name: 'Made In The Books',
    EmailAddress: 'b@books.example',
  })
  const sold = await invoice(one.id, product.id, 'Sold that day')
  const booked = await xeroCreate(rig, 'createInvoice', {
    Type: 'ACCREC',
    Contact: { ContactID: two.Xero_ID },
    Date: '2026-11-19',
    DueDate: '2026-12-19',
    Reference: 'Booked that day',
    LineItems: [{ Description: 'Advice', Quantity: 2, UnitAmount: 50, TaxType: 'OUTPUT', AccountCode: '200' }],
  })
  expect((await settle(rig)).end).toBe('quiet')
  await expectAgrees(rig)
  const crossed = await readStates(rig)
  await rig.clock.advance(DAY)

  // The backup is put back; what was typed after the last sync is known to neither store.
  await rig.store.close()
  fs.rmSync(data, { recursive: true })
  fs.cpSync(path.join(folder, 'backup'), data, { recursive: true })
  rig = rig.withStore(await openData(rig))
  await zohoEdit(rig, { module: 'Accounts', id: three.id }, { Fax: '+61 2 5550 3333' })
  await zohoEdit(rig, { module: 'Accounts', id: fromCrm.id }, { Phone: '+61 2 5550 4444' })
  forgetRequests(rig)
  await rig.pass({ detect: 'sweep' })
  expect((await settle(rig, { limit: 20 })).end).toBe('quiet')

  await expectCorresponds(rig)
  const after = await readStates(rig)
  expect(after.zoho.records.Accounts).toHaveLength(crossed.zoho.records.Accounts.length)
  expect(after.zoho.records.Invoices).toHaveLength(crossed.zoho.records.Invoices.length)
  expect(after.xero.contacts).toHaveLength(crossed.xero.contacts.length)
  expect(after.xero.invoices).toHaveLength(crossed.xero.invoices.length)
  expect(companyOf(after, one.id).contact.phones.DEFAULT.PhoneNumber).toBe('5550 1111')
  expect(companyOf(after, two.id).persons.map((person) => person.Email)).toContain('day.two@example.com')
  expect(companyOf(after, three.id).contact.phones.FAX.PhoneNumber).toBe('5550 3333')
  expect(after.zoho.records.Accounts.filter((account) => account.Xero_ID === fromBooks.id)).toHaveLength(1)
  expect(after.zoho.records.Invoices.filter((record) => record.Xero_ID === booked.id)).toHaveLength(1)
  const linked = found(crossed.zoho.records.Invoices, sold.id).Xero_ID
  expect(found(after.zoho.records.Invoices, sold.id).Xero_ID).toBe(linked)
  // The second edit of the made company meets a link without a base: on both sides, or on record.
  const conflicts = JSON.stringify(await rig.store.reports.conflicts(rig.connectionId, 100))
  const number = companyOf(after, fromCrm.id).contact.phones.DEFAULT.PhoneNumber
  expect(number === '5550 4444' || conflicts.includes('5550 4444')).toBe(true)
  // Two edits were new and share one batch; nothing is written for all that agreed.
  const rows = writesSeen(rig).map(
    ({ method, path: at, body }) => `${method} ${at} ${body.split('"ContactID"').length - 1}`,
  )
  expect(rows).toEqual(['POST /api.xro/2.0/Contacts 2'])
}, 120_000)
