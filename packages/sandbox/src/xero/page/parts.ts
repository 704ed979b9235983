import { html } from 'hono/html'
import type { LineRow } from '../model/rows.ts'
import type { Kind } from './kinds.ts'

export type FormField = readonly [name: string, value: string]

const input = ([name, value]: FormField) =>
  html`<label for="${name}">${name}</label><input id="${name}" name="${name}" value="${value}">`

export const editForm = (
  kind: Kind,
  id: string,
  form: { readonly action: string; readonly label?: string; readonly fields: readonly FormField[] },
) =>
  html`<form class="edit" method="post" action="/__sandbox/ui/${kind}/${id}">
    ${form.fields.map(input)}
    <span></span><button name="action" value="${form.action}">${form.label ?? 'Save'}</button>
  </form>`

/** A deed by one click; what it needs beside the record's id goes along hidden. */
export const button = (
  kind: Kind,
  id: string,
  [action, label, ...more]: readonly [action: string, label: string, ...more: readonly FormField[]],
) =>
  html`<form class="inline" method="post" action="/__sandbox/ui/${kind}/${id}">
    ${more.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
    <button name="action" value="${action}">${label}</button>
  </form>`

export const missing = html`<p>There is no such record. It may have been deleted.</p>`

export const linesTable = (lines: readonly LineRow[]) => html`<table>
  <tr><th>Description</th><th>Tax</th><th class="amount">Quantity</th><th class="amount">Unit</th><th class="amount">Amount</th></tr>
  ${lines.map(
    (line) => html`<tr><td>${line.description}</td><td>${line.taxType}</td>
      <td class="amount">${line.quantity?.toFixed() ?? ''}</td><td class="amount">${line.unitAmount?.toFixed() ?? ''}</td>
      <td class="amount">${line.lineAmount.toFixed(2)}</td></tr>`,
  )}
</table>`
