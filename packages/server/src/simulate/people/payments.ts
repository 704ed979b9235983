import type { ZohoPayment } from '../../rig/oracle-state.ts'
import { noteTyped, type TypedPayment } from '../payment-book.ts'
import { someOf } from '../streams.ts'
import { zohoDelete, zohoRestore } from './removals.ts'
import type { Town } from './town.ts'

/** Payments that salespeople type in the CRM, and what bookkeepers do who do not know of them (R38a). */
export async function handlePayments(town: Town): Promise<boolean> {
  const deed = someOf(town.chance, DEEDS)
  return deed === undefined ? false : deed(town)
}

type Paying = (town: Town) => Promise<boolean>

const isDone = (id: string | undefined) => id !== undefined
const DATES = ['2026-11-20', '2026-11-20', '2026-11-19', '2026-11-18'] as const
/** Little, so that an invoice bears many of them; more than any invoice is worth; and no amount twice. */
const amountOf = (number: number, isTooMuch: boolean) => (isTooMuch ? 900_000 : 0) + number / 100

/** Most pay something that is open in Xero; some name a draft, or nothing. */
function someInvoice({ chance, states }: Town): string {
  const { Invoices } = states.zoho.records
  const open = states.xero.invoices.filter((one) => one.status === 'AUTHORISED')
  const payable = Invoices.filter((one) => open.some(({ id }) => id === one.Xero_ID))
  const luck = chance.float()
  if (luck < 0.05) return ''
  return someOf(chance, luck < 0.8 && payable.length > 0 ? payable : Invoices)?.id ?? ''
}

function typed(town: Town, invoiceId: string): TypedPayment {
  const { quantity } = town.fresh()
  const amount = amountOf(quantity - FIRST_QUANTITY, town.chance.float() < 0.05)
  return { amount: String(amount), date: town.chance.pick(DATES), invoiceId }
}

/** See `valueNumber`: its quantities count up from here. */
const FIRST_QUANTITY = 20_000

function valuesOf({ amount, date, invoiceId }: TypedPayment) {
  return {
    Paid_Invoice: invoiceId === '' ? null : { id: invoiceId },
    Paid_Amount: Number(amount),
    Payment_Date: date,
  }
}

const type: Paying = async (town) => {
  const payment = typed(town, someInvoice(town))
  const { text } = town.fresh()
  const reference = town.chance.float() < 0.6 ? { Payment_Reference: `Cheque ${text}` } : {}
  const values = { Name: `Paid ${text}`, ...valuesOf(payment), ...reference }
  const id = await town.act('zoho', { action: 'create', module: 'XeroPayments', values })
  if (id === undefined) return false
  noteTyped(town.payments, id, payment)
  return true
}

/** Typed by a person, and as far as they can see not in Xero yet. */
function waiting({ chance, states, payments }: Town): ZohoPayment | undefined {
  return someOf(
    chance,
    states.zoho.records.XeroPayments.filter((one) => one.Xero_ID === '' && payments.typed.has(one.id)),
  )
}

const correct: Paying = async (town) => {
  const record = waiting(town)
  if (record === undefined) return false
  const payment = typed(town, town.chance.float() < 0.5 ? record.Paid_Invoice : someInvoice(town))
  const deed = { action: 'edit', module: 'XeroPayments', id: record.id, values: valuesOf(payment) }
  if (!isDone(await town.act('zoho', deed))) return false
  noteTyped(town.payments, record.id, payment)
  return true
}

const rename: Paying = async (town) => {
  const record = someOf(town.chance, town.states.zoho.records.XeroPayments)
  if (record === undefined) return false
  const values = { Payment_Reference: `Transfer ${town.fresh().text}` }
  return isDone(await town.act('zoho', { action: 'edit', module: 'XeroPayments', id: record.id, values }))
}

/** A bookkeeper enters what has just been typed in the CRM. */
const enterAsWell: Paying = async (town) => {
  const record = waiting(town)
  const { zoho, xero } = town.states
  const crm = zoho.records.Invoices.find((one) => one.id === record?.Paid_Invoice)
  const books = xero.invoices.find((one) => one.id === crm?.Xero_ID && one.status === 'AUTHORISED')
  if (record === undefined || books === undefined) return false
  const { Paid_Amount: amount, Payment_Date: date } = record
  return isDone(await town.act('xero', { action: 'pay', id: books.id, amount, date }))
}

/** A cheque that bounced: one payment is taken back in Xero. */
const takeBack: Paying = async (town) => {
  const payment = someOf(
    town.chance,
    town.states.xero.payments.filter((one) => one.status === 'AUTHORISED' && one.invoiceId !== ''),
  )
  return payment === undefined ? false : isDone(await town.act('xero', { action: 'unpay', id: payment.id }))
}

const DEEDS: readonly Paying[] = [
  type,
  type,
  type,
  type,
  type,
  type,
  correct,
  correct,
  rename,
  enterAsWell,
  takeBack,
  zohoDelete('XeroPayments'),
  zohoDelete('XeroPayments'),
  zohoRestore,
]
