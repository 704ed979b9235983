import { html } from 'hono/html'
import type { Field } from '../model/field.ts'
import type { Module } from '../model/modules.ts'
import { fullName, salesPerson } from '../model/org.ts'
import { type StoredRecord, textOf } from '../model/record.ts'
import { childrenOf, relatedLists } from '../read/related.ts'
import { displayName } from '../read/render.ts'
import type { World } from '../world.ts'
import { formText, isEditable } from './form-values.ts'
import { page } from './layout.ts'
import { navigation } from './list-page.ts'

export interface Note {
  readonly isBad: boolean
  readonly text: string
}

/** A form with every field that a person may change; line items are shown below it. */
export function editPage(
  world: World,
  target: { readonly module: string; readonly id: string },
  note: Note | undefined,
) {
  const module = world.module(target.module)
  const record = world.table(target.module).get(target.id)
  if (module === undefined || record === undefined) return undefined
  const person = salesPerson(world.org())
  return page(
    displayName(module, record),
    html`${navigation(world, module.apiName)}
      <main>
        <h1>${displayName(module, record)}</h1>
        ${note === undefined ? '' : html`<p class="note ${note.isBad ? 'bad' : ''}" role="status">${note.text}</p>`}
        <form method="post">
          <div class="fields">${module.fields.filter(isEditable).map((field) => input(world, field, record))}</div>
          <div class="actions">
            <select name="$user" aria-label="Edit as" style="max-width: 16rem">
              ${world.org().users.map((user) => html`<option value="${user.id}" ${user.id === person.id ? 'selected' : ''}>as ${fullName(user)} (${user.role})</option>`)}
            </select>
            <button class="primary">Save</button>
            <a href="/?module=${module.apiName}">Back to the list</a>
          </div>
        </form>
        ${lines(world, module, record)} ${linkedProducts(world, module, record)}
      </main>`,
  )
}

function input(world: World, field: Field, record: StoredRecord) {
  const text = formText(record.values[field.apiName])
  const id = `field-${field.apiName}`
  const label = html`<label for="${id}">${field.label}${field.mandatory ? ' *' : ''}</label>`
  if (field.kind === 'textarea') {
    return html`${label}<textarea id="${id}" name="${field.apiName}" rows="2">${text}</textarea>`
  }
  const options = optionsOf(world, field, text)
  if (options === undefined) return html`${label}<input id="${id}" name="${field.apiName}" value="${text}" />`
  const choices = options.map(
    (one) => html`<option value="${one}" ${one === text ? 'selected' : ''}>${one === '' ? '-None-' : one}</option>`,
  )
  return html`${label}<select id="${id}" name="${field.apiName}">${choices}</select>`
}

function optionsOf(world: World, field: Field, text: string): readonly string[] | undefined {
  switch (field.kind) {
    case 'boolean':
      return ['true', 'false']
    case 'picklist':
      return [...new Set(['', ...field.pickList.map((value) => value.actual), text])]
    case 'currencycode':
      return world.org().currencies.map((currency) => currency.code)
    default:
      return undefined
  }
}

function lines(world: World, module: Module, record: StoredRecord) {
  if (module.lineField === undefined) return ''
  const products = world.table('Products')
  const rows = record.rows.map((row) => {
    const product = products.get(textOf(row.values.Product_Name))
    const cells = ['Quantity', 'List_Price', 'Discount', 'Tax', 'Net_Total']
    return html`<tr>
      <td>${textOf(product?.values.Product_Name)}</td>
      <td>${textOf(row.values.Description)}</td>
      ${cells.map((name) => html`<td class="number">${formText(row.values[name])}</td>`)}
    </tr>`
  })
  return html`<h2>Line items</h2>
    <table>
      <thead>
        <tr>
          <th>Product</th><th>Description</th><th class="number">Quantity</th><th class="number">Price</th>
          <th class="number">Discount</th><th class="number">Tax</th><th class="number">Net</th>
        </tr>
      </thead>
      <tbody>${rows}</tbody>
      <tfoot><tr><th colspan="6">Grand total</th><th class="number">${formText(record.values.Grand_Total)}</th></tr></tfoot>
    </table>`
}

function linkedProducts(world: World, module: Module, record: StoredRecord) {
  const list = relatedLists(world, module).find((one) => one.kind === 'linked')
  if (list === undefined) return ''
  const products = childrenOf(world, module, { parent: record, list })
  return html`<h2>${list.module.plural}</h2>
    <ul>${products.map((product) => html`<li>${displayName(list.module, product)}</li>`)}</ul>`
}
