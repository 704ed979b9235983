import { xeroCreate, zohoCreate } from '../rig/acts.ts'
import { enterTown, type Town } from '../simulate/people/town.ts'
import { createBooksInvoice, createCrmInvoice } from './company.ts'
import type { Stage } from './stage.ts'

/** Every value typed is unmistakable and on record: it must be found again (I3). */
function visit({ world }: Stage): Promise<Town> {
  const count = world.ledger.edits().length
  return enterTown({
    company: world.company,
    chance: world.streams.people,
    ledger: world.ledger,
    counter: { next: count },
    now: () => world.clock.now(),
    trace: (line) => world.book.note(line),
    blind: world.blind,
    sales: world.sales,
    removals: world.removals,
    payments: world.payments,
    purchases: world.purchases,
    credits: world.credits,
    tracking: world.tracking,
    looks: world.looks,
  })
}

/** Longer than polls reach back: a cursor that passes the early edits loses them for good. */
const APART_MS = 5 * 60_000

/** A field and a line on each side, and a document with a new customer on each side. */
export async function makeDeltaEdits(stage: Stage): Promise<void> {
  await editFields(stage)
  await editLines(stage)
  await stage.pause(APART_MS)
  await createBothWays(stage)
}

function typePhone(town: Town, account: string) {
  return town.type('zoho', { kind: 'contact', id: account, field: 'phone' }, ({ phone }) => ({
    action: 'edit',
    module: 'Accounts',
    id: account,
    values: { Phone: phone.zoho },
  }))
}

/** One edit on each side, each of a kind that has webhooks. */
export async function makeSavedEdits(stage: Stage): Promise<void> {
  const { account, booksInvoice } = stage.founded
  const town = await visit(stage)
  done(
    await typePhone(town, account),
    await town.type('xero', { kind: 'invoice', id: booksInvoice, field: 'dueDate' }, ({ date }) => ({
      action: 'editInvoice',
      id: booksInvoice,
      fields: { DueDate: date },
    })),
  )
}

async function editFields(stage: Stage): Promise<void> {
  const { account, contact, product, item } = stage.founded
  const town = await visit(stage)
  const fields = (price: string) => ({ SalesDetails: { UnitPrice: Number(price) } })
  const address = town.states.xero.contacts.find((one) => one.id === contact)?.addresses.POBOX
  done(
    await typePhone(town, account),
    await town.type('zoho', { kind: 'item', id: product, field: 'description' }, ({ text }) => ({
      action: 'edit',
      module: 'Products',
      id: product,
      values: { Description: `About ${text}` },
    })),
    await town.type('xero', { kind: 'contact', id: contact, field: 'city' }, ({ text }) => ({
      action: 'editContact',
      id: contact,
      fields: { Addresses: [{ ...address, AddressType: 'POBOX', City: text }] },
    })),
    await town.type('xero', { kind: 'item', id: item, field: 'price' }, ({ price }) => ({
      action: 'editItem',
      id: item,
      fields: fields(price),
    })),
  )
}

async function editLines(stage: Stage): Promise<void> {
  const { crmInvoice, booksInvoice } = stage.founded
  const town = await visit(stage)
  const rowId = town.states.zoho.records.Invoices.find((one) => one.id === crmInvoice)?.Invoiced_Items[0]?.id
  const lines = town.states.xero.invoices.find((one) => one.id === booksInvoice)?.lines ?? []
  done(
    await town.type('zoho', { kind: 'invoice', id: crmInvoice, field: 'lines' }, ({ quantity }) => ({
      action: 'editRow',
      id: crmInvoice,
      rowId,
      values: { Quantity: quantity },
    })),
    await town.type('xero', { kind: 'invoice', id: booksInvoice, field: 'lines' }, ({ text }) => ({
      action: 'editInvoice',
      id: booksInvoice,
      fields: {
        LineItems: lines.map((line, index) => ({
          LineItemID: line.id,
          ...(index === 0 ? { Description: `Line ${text}` } : {}),
        })),
      },
    })),
  )
}

async function createBothWays({ world, founded }: Stage): Promise<void> {
  const { company } = world
  const account = await zohoCreate(company, 'Accounts', {
    Account_Name: 'Cedar Homes Pty Ltd',
    Phone: '+61 2 5550 3000',
  })
  await createCrmInvoice(company, { subject: 'Cedar order', account: account.id, product: founded.product })
  const contact = await xeroCreate(company, 'createContact', {
    Name: 'Damson Foods Ltd',
    EmailAddress: 'dan@damson.example.com',
  })
  await createBooksInvoice(company, { reference: 'Damson job', contact: contact.id, itemCode: 'ELM' })
}

/** A deed that a sandbox refuses is a mistake of the journey. */
function done(...deeds: readonly boolean[]): void {
  if (deeds.includes(false)) throw new Error('A sandbox refused an edit of the journey')
}
