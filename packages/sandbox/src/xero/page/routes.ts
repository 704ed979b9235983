import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { act } from '../control/act.ts'
import type { XeroWorld } from '../world.ts'
import { advanceForm, creditNoteForm, paymentForm, purchaseOrderForm, quoteForm } from './document-forms.ts'
import { contactForm, invoiceForm, itemForm } from './forms.ts'
import { isKind, KIND_LABELS, KINDS, type Kind } from './kinds.ts'
import { listPage } from './lists.ts'
import { STYLE } from './style.ts'

/** Pages for a person: what the books hold, forms to edit one record, buttons for what Xero's UI can do. */
export function pageRoutes(world: XeroWorld): Hono {
  const app = new Hono()
  app.get('/', (c) => show(world, c))
  // Under the control prefix, so that a person's clicks are not counted as calls.
  app.post('/__sandbox/ui/:kind/:id', async (c) => {
    const { kind, id } = c.req.param()
    const outcome = await act(world, actOf(kind, id, new URLSearchParams(await c.req.text())))
    const message = outcome.ok ? '' : `&message=${encodeURIComponent(outcome.message)}`
    return c.redirect(`/?kind=${encodeURIComponent(kind)}&id=${encodeURIComponent(id)}${message}`, 303)
  })
  return app
}

/** The form's button names the action; fields are only for edits. */
function actOf(kind: string, id: string, form: URLSearchParams): unknown {
  const action = form.get('action') ?? ''
  const fields: Record<string, unknown> = Object.fromEntries([...form].filter(([name]) => name !== 'action'))
  // What a deed needs beside its record: an invoice, an amount, a status. Left empty it is not given.
  if (!action.startsWith('edit'))
    return { action, id, ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')) }
  if (kind !== 'items') return { action, id, fields }
  const { UnitPrice, ...rest } = fields
  return { action, id, fields: { ...rest, SalesDetails: { UnitPrice } } }
}

function show(world: XeroWorld, c: Context): Response | Promise<Response> {
  const asked = c.req.query('kind') ?? ''
  const kind: Kind = isKind(asked) ? asked : 'contacts'
  const id = c.req.query('id')
  const message = c.req.query('message') ?? ''
  const query = { search: c.req.query('q') ?? '', page: Math.max(1, Number(c.req.query('page') ?? '1') || 1) }
  return c.html(html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Xero sandbox: ${world.books.organisation.name}</title>
        <style>${STYLE}</style>
      </head>
      <body>
        <header>
          <strong>Xero sandbox</strong>
          <span>${world.books.organisation.name}</span>
          ${KINDS.map((one) => (one === kind ? html`<a aria-current="page" href="/?kind=${one}">${KIND_LABELS[one]}</a>` : html`<a href="/?kind=${one}">${KIND_LABELS[one]}</a>`))}
        </header>
        <main>
          ${message === '' ? '' : html`<p class="message" role="alert">${message}</p>`}
          ${id === undefined ? listPage(world.books, kind, query) : formOf(world, kind, id)}
        </main>
      </body>
    </html>`)
}

function formOf(world: XeroWorld, kind: Kind, id: string) {
  switch (kind) {
    case 'contacts':
      return contactForm(world.books, id)
    case 'items':
      return itemForm(world.books, id)
    case 'invoices':
      return invoiceForm(world.books, id)
    case 'quotes':
      return quoteForm(world.books, id)
    case 'creditNotes':
      return creditNoteForm(world.books, id)
    case 'payments':
      return paymentForm(world.books, id)
    case 'prepayments':
      return advanceForm(world.books, id, 'RECEIVE-PREPAYMENT')
    case 'overpayments':
      return advanceForm(world.books, id, 'RECEIVE-OVERPAYMENT')
    case 'purchaseOrders':
      return purchaseOrderForm(world.books, id)
  }
}
