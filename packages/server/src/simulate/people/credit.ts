import type { XeroCredit, XeroInvoice } from '../../rig/oracle-state.ts'
import { noteTakenBack } from '../credit-book.ts'
import { someOf } from '../streams.ts'
import type { Town } from './town.ts'
import { allocateAsked, typeAgain, typeAllocation, untype } from './typed-credit.ts'

/** What bookkeepers do with credit: give it, put it against invoices, take that back, pay it out; a salesperson asks for it. */
export async function handleCredit(town: Town): Promise<boolean> {
  const deed = town.chance.pick([
    giveCredit,
    giveCredit,
    writeInCrm,
    approve,
    approve,
    allocate,
    allocate,
    allocate,
    takeBack,
    takeBack,
    refund,
    unrefund,
    voidNote,
    payAhead,
    typeAllocation,
    typeAllocation,
    typeAllocation,
    typeAllocation,
    typeAgain,
    allocateAsked,
    untype,
  ])
  return deed(town)
}

type Crediting = (town: Town) => Promise<boolean>

const isDone = (id: string | undefined) => id !== undefined

const giveCredit: Crediting = async (town) => {
  const invoice = someOf(town.chance, approvedSales(town))
  if (invoice === undefined) return false
  const { text } = town.fresh()
  const UnitAmount = town.chance.pick(['3.00', '11.11', '250.00'])
  const fields = {
    Type: 'ACCRECCREDIT',
    Status: town.chance.pick(['DRAFT', 'AUTHORISED', 'AUTHORISED']),
    Contact: { ContactID: invoice.contactId },
    CurrencyCode: invoice.currency,
    Date: invoice.date,
    LineAmountTypes: 'Inclusive',
    LineItems: [{ Description: `Returned ${text}`, Quantity: 1, UnitAmount, AccountCode: '200', TaxType: 'OUTPUT' }],
  }
  return isDone(await town.act('xero', { action: 'createCreditNote', fields }))
}

const writeInCrm: Crediting = async (town) => {
  const account = someOf(town.chance, town.states.zoho.records.Accounts)
  if (account === undefined) return false
  const { text } = town.fresh()
  const values = {
    Name: `CRM-CN-${text}`,
    Credit_Customer: { id: account.id },
    Credit_Total: 12.34,
    Credit_Reference: `Asked ${text}`,
    // One of these names no tax of the CRM's: it waits for a person.
    Credit_Tax: town.chance.pick(['GST', 'GST', 'no such tax']),
  }
  return isDone(await town.act('zoho', { action: 'create', module: 'XeroCreditNotes', values }))
}

const approve: Crediting = (town) => onNote(town, ['DRAFT', 'SUBMITTED'], 'approveCreditNote')
const voidNote: Crediting = (town) => onNote(town, ['AUTHORISED'], 'voidCreditNote')
const refund: Crediting = (town) => onNote(town, ['AUTHORISED'], 'refundCredit', { amount: '0.50' })

async function onNote(
  town: Town,
  statuses: readonly string[],
  action: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<boolean> {
  const note = someOf(
    town.chance,
    town.states.xero.creditNotes.filter(({ status }) => statuses.includes(status)),
  )
  return note === undefined ? false : isDone(await town.act('xero', { action, id: note.id, ...more }))
}

/** In part mostly, and to more than one invoice: what is left of either is for another day. */
const allocate: Crediting = async (town) => {
  const credit = someOf(
    town.chance,
    creditsOf(town).filter(({ status }) => status === 'AUTHORISED'),
  )
  const invoices = approvedSales(town).filter(
    (one) => one.contactId === credit?.contactId && one.currency === credit.currency,
  )
  const invoice = someOf(town.chance, invoices)
  if (credit === undefined || invoice === undefined) return false
  const amount = town.chance.pick([{ amount: '1.00' }, { amount: '1.00' }, {}])
  return isDone(await town.act('xero', { action: 'allocateCredit', id: credit.id, invoice: invoice.id, ...amount }))
}

const takeBack: Crediting = async (town) => {
  const allocation = someOf(
    town.chance,
    creditsOf(town).flatMap(({ allocations }) => allocations),
  )
  if (allocation === undefined) return false
  if ((await town.act('xero', { action: 'removeAllocation', id: allocation.id })) === undefined) return false
  noteTakenBack(town.credits, allocation.id, town.states)
  return true
}

const unrefund: Crediting = async (town) => {
  const refunded = someOf(
    town.chance,
    town.states.xero.payments.filter((one) => one.type === 'ARCREDITPAYMENT' && one.status === 'AUTHORISED'),
  )
  return refunded === undefined ? false : isDone(await town.act('xero', { action: 'unpay', id: refunded.id }))
}

/** Money before its invoice, or beyond it. */
const payAhead: Crediting = async (town) => {
  const invoice = someOf(town.chance, approvedSales(town))
  if (invoice === undefined) return false
  const action = town.chance.pick(['createPrepayment', 'createOverpayment'])
  const line = { Description: `Ahead ${town.fresh().text}`, UnitAmount: '20.00' }
  // An overpayment stays on the control account, without tax.
  const coded = { ...line, Quantity: 1, AccountCode: '200', TaxType: 'OUTPUT' }
  const fields = {
    Contact: { ContactID: invoice.contactId },
    CurrencyCode: invoice.currency,
    Date: invoice.date,
    LineItems: [action === 'createPrepayment' ? coded : line],
  }
  return isDone(await town.act('xero', { action, fields }))
}

function approvedSales({ states }: Town): readonly XeroInvoice[] {
  return states.xero.invoices.filter((one) => one.type === 'ACCREC' && one.status === 'AUTHORISED')
}

function creditsOf({ states }: Town): readonly XeroCredit[] {
  const { creditNotes, prepayments, overpayments } = states.xero
  return [...creditNotes, ...prepayments, ...overpayments]
}
