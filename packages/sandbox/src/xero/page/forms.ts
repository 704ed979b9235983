import { html } from 'hono/html'
import { amountDue } from '../invoices/settle.ts'
import type { Books } from '../model/books.ts'
import type { Kind } from './lists.ts'

type FormField = readonly [name: string, value: string]

const input = ([name, value]: FormField) =>
  html`<label for="${name}">${name}</label><input id="${name}" name="${name}" value="${value}">`

const editForm = (kind: Kind, id: string, form: { readonly action: string; readonly fields: readonly FormField[] }) =>
  html`<form class="edit" method="post" action="/__sandbox/ui/${kind}/${id}">
    ${form.fields.map(input)}
    <span></span><button name="action" value="${form.action}">Save</button>
  </form>`

const button = (kind: Kind, id: string, [action, label]: readonly [action: string, label: string]) =>
  html`<form class="inline" method="post" action="/__sandbox/ui/${kind}/${id}">
    <button name="action" value="${action}">${label}</button>
  </form>`

const missing = html`<p>There is no such record. It may have been deleted.</p>`

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
    <table>
      <tr><th>Description</th><th>Tax</th><th class="amount">Quantity</th><th class="amount">Unit</th><th class="amount">Amount</th></tr>
      ${row.lines.map(
        (
          line,
        ) => html`<tr><td>${line.description}</td><td>${line.taxType}</td><td class="amount">${line.quantity?.toFixed() ?? ''}</td>
          <td class="amount">${line.unitAmount?.toFixed() ?? ''}</td><td class="amount">${line.lineAmount.toFixed(2)}</td></tr>`,
      )}
    </table>
    <p class="amount">Total ${row.currency} ${row.total.toFixed(2)}, tax ${row.totalTax.toFixed(2)}, due ${amountDue(row).toFixed(2)}</p>
    ${button('invoices', id, ['approve', 'Approve'])}${button('invoices', id, ['pay', 'Pay what is due'])}
    ${button('invoices', id, ['unpay', 'Remove payments'])}${button('invoices', id, ['void', 'Void'])}
    ${button('invoices', id, ['deleteDraft', 'Delete draft'])}`
}
