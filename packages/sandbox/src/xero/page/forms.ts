import { html } from 'hono/html'
import { amountDue } from '../invoices/settle.ts'
import type { Books } from '../model/books.ts'
import { button, editForm, type FormField, linesTable, missing } from './parts.ts'

export function contactForm(books: Books, id: string) {
  const row = books.contacts.get(id)
  if (row === undefined) return missing
  const { texts } = row
  const fields: FormField[] = [
    ['Name', texts.Name],
    ['FirstName', texts.FirstName],
    ['LastName', texts.LastName],
    ['EmailAddress', texts.EmailAddress],
    ['TaxNumber', texts.TaxNumber],
    ['AccountNumber', texts.AccountNumber],
  ]
  return html`<h1>${texts.Name} <span class="status">${row.status}</span></h1>
    ${editForm('contacts', id, { action: 'editContact', fields })}
    ${button('contacts', id, row.status === 'ACTIVE' ? ['archiveContact', 'Archive'] : ['restoreContact', 'Restore'])}`
}

export function itemForm(books: Books, id: string) {
  const row = books.items.get(id)
  if (row === undefined) return missing
  const fields: FormField[] = [
    ['Code', row.code],
    ['Name', row.name],
    ['Description', row.description],
    ['UnitPrice', row.sales.unitPrice?.toFixed() ?? ''],
  ]
  return html`<h1>${row.code}</h1>
    ${editForm('items', id, { action: 'editItem', fields })}
    ${button('items', id, ['deleteItem', 'Delete'])}`
}

export function invoiceForm(books: Books, id: string) {
  const row = books.invoices.get(id)
  if (row === undefined) return missing
  const fields: FormField[] = [
    ['InvoiceNumber', row.number],
    ['Reference', row.reference],
    ['Date', row.date],
    ['DueDate', row.dueDate],
  ]
  const contact = books.contacts.get(row.contactId)
  return html`<h1>${row.number} <span class="status">${row.type} ${row.status}</span></h1>
    <p><a href="/?kind=contacts&id=${row.contactId}">${contact?.texts.Name ?? ''}</a></p>
    ${editForm('invoices', id, { action: 'editInvoice', fields })}
    ${linesTable(row.lines)}
    <p class="amount">Total ${row.currency} ${row.total.toFixed(2)}, tax ${row.totalTax.toFixed(2)}, due ${amountDue(row).toFixed(2)}</p>
    ${button('invoices', id, ['approve', 'Approve'])}${button('invoices', id, ['pay', 'Pay what is due'])}
    ${button('invoices', id, ['unpay', 'Remove payments'])}${button('invoices', id, ['void', 'Void'])}
    ${button('invoices', id, ['deleteDraft', 'Delete draft'])}`
}
