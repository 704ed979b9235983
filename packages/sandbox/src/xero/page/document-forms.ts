import { html } from 'hono/html'
import { advancesOf, isCreditNote, kindOf, openCredit } from '../credits/credit.ts'
import type { Books } from '../model/books.ts'
import type { AdvanceType, CreditRow } from '../model/credit-rows.ts'
import type { PaymentRow, Totals } from '../model/rows.ts'
import type { Kind } from './kinds.ts'
import { button, editForm, linesTable, missing } from './parts.ts'

const contactLink = (books: Books, id: string) =>
  html`<p><a href="/?kind=contacts&id=${id}">${books.contacts.get(id)?.texts.Name ?? ''}</a></p>`
const totalLine = (row: Totals & { readonly currency: string }) =>
  html`<p class="amount">Total ${row.currency} ${row.total.toFixed(2)}, tax ${row.totalTax.toFixed(2)}</p>`

const QUOTE_STEPS = [
  ['SENT', 'Mark as sent'],
  ['ACCEPTED', 'Mark as accepted'],
  ['DECLINED', 'Mark as declined'],
  ['INVOICED', 'Mark as invoiced'],
  ['DELETED', 'Delete'],
] as const

export function quoteForm(books: Books, id: string) {
  const row = books.quotes.get(id)
  if (row === undefined) return missing
  const fields = [
    ['QuoteNumber', row.number],
    ['Reference', row.reference],
    ['Title', row.title],
    ['Summary', row.summary],
    ['Date', row.date],
    ['ExpiryDate', row.expiryDate],
  ] as const
  return html`<h1>${row.number} <span class="status">${row.status}</span></h1>
    ${contactLink(books, row.contactId)}
    ${editForm('quotes', id, { action: 'editQuote', fields })}
    ${linesTable(row.lines)} ${totalLine(row)}
    ${QUOTE_STEPS.map(([status, label]) => button('quotes', id, ['setQuoteStatus', label, ['status', status]]))}`
}

export function purchaseOrderForm(books: Books, id: string) {
  const row = books.purchaseOrders.get(id)
  if (row === undefined) return missing
  const fields = [
    ['PurchaseOrderNumber', row.number],
    ['Reference', row.texts.Reference],
    ['Date', row.date],
    ['DeliveryDate', row.deliveryDate],
    ['Status', row.status],
  ] as const
  return html`<h1>${row.number} <span class="status">${row.status}</span></h1>
    ${contactLink(books, row.contactId)}
    ${editForm('purchaseOrders', id, { action: 'editPurchaseOrder', fields })}
    ${linesTable(row.lines)} ${totalLine(row)}`
}

export function creditNoteForm(books: Books, id: string) {
  const row = books.creditNotes.get(id)
  if (row === undefined) return missing
  const fields = [
    ['CreditNoteNumber', row.number],
    ['Reference', row.reference],
    ['Date', row.date],
  ] as const
  return html`<h1>${row.number || '(no number)'} <span class="status">${row.type} ${row.status}</span></h1>
    ${editForm('creditNotes', id, { action: 'editCreditNote', fields })}
    ${creditBody(books, row, 'creditNotes')}
    ${button('creditNotes', id, ['approveCreditNote', 'Approve'])}
    ${button('creditNotes', id, ['refundCredit', 'Refund what is left'])}
    ${button('creditNotes', id, ['voidCreditNote', 'Void'])}
    ${button('creditNotes', id, ['deleteCreditNote', 'Delete draft'])}`
}

export function advanceForm(books: Books, id: string, type: AdvanceType) {
  const row = advancesOf(books, type).get(id)
  if (row === undefined) return missing
  const kind = kindOf(row) === 'prepayment' ? 'prepayments' : 'overpayments'
  return html`<h1>${row.reference || '(no reference)'} <span class="status">${row.type} ${row.status}</span></h1>
    ${creditBody(books, row, kind)}
    ${button(kind, id, ['refundCredit', 'Refund what is left'])}
    ${button(kind, id, [kind === 'prepayments' ? 'voidPrepayment' : 'voidOverpayment', 'Void'])}`
}

/** What it was put against, and a form to put more. */
function creditBody(books: Books, row: CreditRow, kind: Kind) {
  const allocations = row.allocations.map((allocation) => {
    const invoice = books.invoices.get(allocation.invoiceId)
    return html`<tr><td><a href="/?kind=invoices&id=${allocation.invoiceId}">${invoice?.number || '(no number)'}</a></td>
      <td>${allocation.date}</td><td class="amount">${allocation.amount.toFixed(2)}</td>
      <td>${button(kind, row.id, ['removeAllocation', 'Remove', ['id', allocation.id]])}</td></tr>`
  })
  const fields = [
    ['invoice', ''],
    ['amount', ''],
  ] as const
  const action = isCreditNote(row)
    ? 'allocateCredit'
    : kind === 'prepayments'
      ? 'allocatePrepayment'
      : 'allocateOverpayment'
  return html`${contactLink(books, row.contactId)} ${linesTable(row.lines)} ${totalLine(row)}
    <p class="amount">Remaining credit ${openCredit(books, row).toFixed(2)}</p>
    <table>${allocations}</table>
    ${editForm(kind, row.id, { action, label: 'Allocate to invoice', fields })}`
}

export function paymentForm(books: Books, id: string) {
  const row = books.payments.get(id)
  if (row === undefined) return missing
  const account = books.accounts.get(row.accountId)
  return html`<h1>${row.amount.toFixed(2)} on ${row.date} <span class="status">${row.type} ${row.status}</span></h1>
    <p>${paidDocument(books, row)}</p>
    <p>${account?.code ?? ''} ${account?.name ?? ''}. ${row.reference} ${row.isReconciled ? 'Reconciled.' : ''}</p>
    ${button('payments', id, ['unpay', 'Remove'])}`
}

export function paidDocument(books: Books, row: PaymentRow) {
  const link = (kind: Kind, id: string, label: string) =>
    html`<a href="/?kind=${kind}&id=${id}">${label || '(no number)'}</a>`
  if (row.invoiceId !== '') return link('invoices', row.invoiceId, books.invoices.get(row.invoiceId)?.number ?? '')
  const note = books.creditNotes.get(row.creditNoteId)
  if (note !== undefined) return link('creditNotes', note.id, note.number)
  const prepayment = books.prepayments.get(row.prepaymentId)
  if (prepayment !== undefined) return link('prepayments', prepayment.id, prepayment.reference || 'prepayment')
  return link('overpayments', row.overpaymentId, books.overpayments.get(row.overpaymentId)?.reference || 'overpayment')
}
