import { Big } from 'big.js'
import type { BothStates, XeroCredit, XeroInvoice, ZohoPayment } from './oracle-state.ts'

/**
 * Credit that a person has put against an invoice in the CRM and that is not in Xero (R38a): the inbox must say why, and
 * what waits for its note or its invoice must not wait for nothing. `inbox`: codes by the ids that it names.
 */
export function typedCreditLost(states: BothStates, inbox: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const us = states.zoho.org.users[0]?.id
  return states.zoho.records.XeroPayments.filter(
    (one) => one.Created_By.id !== us && !['', 'Payment'].includes(one.Payment_Type) && one.Xero_ID === '',
  ).flatMap((one) => {
    const codes = inbox.get(one.id)
    if (codes === undefined) return [`Zoho payment ${one.id}: credit that nobody has put against its invoice`]
    const isWaiting = codes.every((code) => code === 'creditNotReady')
    return isWaiting && isReady(states, one) ? [`Zoho payment ${one.id}: ready, and waits as if it were not`] : []
  })
}

function isReady({ zoho, xero }: BothStates, typed: ZohoPayment): boolean {
  const crmNote = zoho.records.XeroCreditNotes.find(({ id }) => id === typed.Credit_Note_Used)
  const crmInvoice = zoho.records.Invoices.find(({ id }) => id === typed.Paid_Invoice)
  const note = xero.creditNotes.find(({ id }) => id === crmNote?.Xero_ID)
  const invoice = xero.invoices.find(({ id }) => id === crmInvoice?.Xero_ID)
  if (note?.status !== 'AUTHORISED' || invoice?.status !== 'AUTHORISED') return false
  if (note.contactId !== invoice.contactId || note.currency !== invoice.currency) return false
  const amount = new Big(typed.Paid_Amount)
  return amount.lte(leftOf(note, xero.payments)) && amount.lte(dueOf(invoice))
}

function leftOf(note: XeroCredit, payments: BothStates['xero']['payments']): Big {
  const refunds = payments.filter((one) => one.creditNoteId === note.id && one.status === 'AUTHORISED')
  return [...note.allocations, ...refunds].reduce((left, { amount }) => left.minus(amount), new Big(note.total))
}

function dueOf({ total, amountPaid, amountCredited }: XeroInvoice): Big {
  return new Big(total).minus(amountPaid).minus(amountCredited)
}
