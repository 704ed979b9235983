import { html } from 'hono/html'
import { renderInstant } from '../model/instants.ts'
import { holdsRecords, type Module } from '../model/modules.ts'
import { fullName, userById } from '../model/org.ts'
import { type StoredRecord, textOf } from '../model/record.ts'
import { isConverted } from '../read/converted.ts'
import { displayName } from '../read/render.ts'
import type { World } from '../world.ts'
import { page } from './layout.ts'

const PAGE = 50

export interface ListView {
  readonly module: string
  readonly query: string
  readonly page: number
}

export function navigation(world: World, current: string) {
  const modules = world.modules().filter(holdsRecords)
  return html`<header>
    <strong>${world.org().name}</strong>
    ${modules.map((module) => html`<a href="/?module=${module.apiName}" class="${module.apiName === current ? 'here' : ''}">${module.plural}</a>`)}
  </header>`
}

/** Newest first, searchable by any text of the record. */
export function listPage(world: World, view: ListView) {
  const module = world.module(view.module)
  if (module === undefined) return page('Not found', html`<main><h1>No such module</h1></main>`)
  const found = matching(world, module, view.query)
  const current = Number.isInteger(view.page) && view.page > 0 ? view.page : 1
  const rows = found.slice((current - 1) * PAGE, current * PAGE)
  return page(
    module.plural,
    html`${navigation(world, module.apiName)}
      <main>
        <h1>${module.plural} <small>(${found.length})</small></h1>
        <form class="search" method="get" action="/">
          <input type="hidden" name="module" value="${module.apiName}" />
          <input type="search" name="q" value="${view.query}" placeholder="Search" aria-label="Search" />
          <button>Search</button>
        </form>
        ${table(world, module, rows)} ${pager(view, { current, count: found.length })}
      </main>`,
  )
}

function matching(world: World, module: Module, query: string): readonly StoredRecord[] {
  // As in the CRM's own lists, converted leads are gone from here.
  const newest = world
    .table(module.apiName)
    .ordered('id')
    .filter((row) => !isConverted(row))
    .toReversed()
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return newest
  return newest.filter(
    (row) =>
      row.id === wanted ||
      Object.values(row.values).some((value) => typeof value === 'string' && value.toLowerCase().includes(wanted)) ||
      accountName(world, row).toLowerCase().includes(wanted),
  )
}

function accountName(world: World, row: StoredRecord): string {
  const account = world.module('Accounts')
  const found = world.table('Accounts').get(textOf(row.values.Account_Name))
  return account === undefined || found === undefined ? '' : displayName(account, found)
}

function table(world: World, module: Module, rows: readonly StoredRecord[]) {
  const isMoney = module.lineField !== undefined
  const body = rows.map((row) => {
    const by = userById(world.org(), row.modifiedBy)
    return html`<tr>
      <td><a href="/__sandbox/records/${module.apiName}/${row.id}">${displayName(module, row) || row.id}</a></td>
      <td>${secondColumn(world, module, row)}</td>
      ${isMoney ? html`<td class="number">${row.values.Grand_Total} ${row.values.Currency}</td>` : ''}
      <td>${renderInstant(row.modifiedMs, world.org().timeZone).replace('T', ' ').slice(0, 19)}</td>
      <td>${by === undefined ? '' : fullName(by)}</td>
    </tr>`
  })
  return html`<table>
    <thead>
      <tr>
        <th>Name</th><th>Details</th>${isMoney ? html`<th class="number">Total</th>` : ''}<th>Modified</th><th>By</th>
      </tr>
    </thead>
    <tbody>${body}</tbody>
  </table>`
}

function secondColumn(world: World, module: Module, row: StoredRecord): string {
  if (module.apiName === 'Accounts') return textOf(row.values.Billing_City) || textOf(row.values.Phone)
  if (module.apiName === 'Products') return textOf(row.values.Product_Code)
  const shown = ['Company', 'Email', 'Stage', 'Quote_Stage', 'Status'].map((name) => textOf(row.values[name]))
  const vendor = textOf(world.table('Vendors').get(textOf(row.values.Vendor_Name))?.values.Vendor_Name)
  const parts = [accountName(world, row), vendor, ...shown]
  return parts.filter((part) => part !== '').join(', ')
}

function pager(view: ListView, place: { readonly current: number; readonly count: number }) {
  const last = Math.max(1, Math.ceil(place.count / PAGE))
  const link = (number: number, label: string) =>
    html`<a href="/?module=${view.module}&q=${encodeURIComponent(view.query)}&page=${number}">${label}</a>`
  return html`<nav class="pages">
    ${place.current > 1 ? link(place.current - 1, 'Newer') : ''}
    <span>Page ${place.current} of ${last}</span>
    ${place.current < last ? link(place.current + 1, 'Older') : ''}
  </nav>`
}
