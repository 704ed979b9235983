import type { Field } from '../model/field.ts'
import { renderInstant } from '../model/instants.ts'
import { fieldOf, type Module } from '../model/modules.ts'
import { fullName, type User, userById } from '../model/org.ts'
import { type AppliedTax, type Row, type StoredRecord, textOf, type Value } from '../model/record.ts'
import { fieldOfRecord, RELATED_MODULE } from '../model/task-module.ts'
import type { World } from '../world.ts'
import { productTaxText } from '../write/references.ts'

/** For whom a record is shown: times come in that user's zone (zoho-crm.md 3.14). */
export interface Viewer {
  readonly world: World
  readonly user: User
}

/** One field as JSON, the same in lists, single reads, search and COQL. */
export function renderField(viewer: Viewer, record: StoredRecord, field: Field): unknown {
  switch (field.apiName) {
    case 'id':
      return record.id
    case 'Owner':
      return renderUser(viewer, record.owner)
    case 'Created_By':
      return renderUser(viewer, record.createdBy)
    case 'Modified_By':
      return renderUser(viewer, record.modifiedBy)
    case 'Created_Time':
      return renderInstant(record.createdMs, viewer.user.timeZone)
    case 'Modified_Time':
      return renderInstant(record.modifiedMs, viewer.user.timeZone)
    case 'Record_Status__s':
      return 'Available'
    case 'Locked__s':
      return false
    default:
      return renderValue(viewer, fieldOfRecord(field, record), record.values[field.apiName])
  }
}

export function renderValue(viewer: Viewer, field: Field, value: Value | undefined): unknown {
  switch (field.kind) {
    case 'lookup':
      return renderLookup(viewer, field.lookup, textOf(value))
    case 'datetime':
      return typeof value === 'number' ? renderInstant(value, viewer.user.timeZone) : null
    case 'producttax':
      return renderProductTax(viewer, value)
    case 'multiselectpicklist':
      return value ?? []
    default:
      return value ?? null
  }
}

function renderUser(viewer: Viewer, id: string): unknown {
  const user = userById(viewer.world.org(), id)
  return user === undefined ? null : { name: fullName(user), id: user.id, email: user.email }
}

/** `{id, name}` of a live record; what a deleted target reads as is a switch. */
export function renderLookup(viewer: Viewer, moduleName: string | undefined, id: string): unknown {
  const module = moduleName === undefined ? undefined : viewer.world.module(moduleName)
  if (module === undefined || id === '') return null
  const live = viewer.world.table(module.apiName).get(id)
  if (live !== undefined) return { name: displayName(module, live), id }
  if (viewer.world.switches.is('lookupToDeleted', 'null')) return null
  const binned = viewer.world.bin.find(id)
  return binned === undefined ? null : { name: displayName(module, binned.record), id }
}

export function displayName(module: Module, record: StoredRecord): string {
  return textOf(record.values[module.displayField])
}

function renderProductTax(viewer: Viewer, value: Value | undefined): unknown {
  if (typeof value !== 'object' || value === null) return []
  const isLong = viewer.world.switches.is('productTaxText', 'withPercentage')
  return viewer.world
    .org()
    .taxes.filter((tax) => value.includes(tax.id))
    .map((tax) => ({ id: tax.id, value: isLong ? productTaxText(tax) : tax.name }))
}

/** Line rows and taxes as single GET shows them (zoho-crm.md 4.1). */
export function renderRow(
  viewer: Viewer,
  parent: { readonly module: Module; readonly record: StoredRecord },
  row: Row,
): unknown {
  const { world, user } = viewer
  const subform = world.module(fieldOf(parent.module, parent.module.lineField ?? '')?.subform ?? '')
  const shown: Record<string, unknown> = { id: row.id }
  for (const field of subform?.fields ?? []) {
    if (field.kind !== 'subform') shown[field.apiName] = renderValue(viewer, field, row.values[field.apiName])
  }
  return {
    ...shown,
    id: row.id,
    Product_Name: renderProduct(viewer, textOf(row.values.Product_Name)),
    Line_Tax: renderTaxes(viewer, row.taxes),
    Parent_Id: { id: parent.record.id, name: displayName(parent.module, parent.record) },
    Price_Book_Name: null,
    Created_Time: renderInstant(row.createdMs, user.timeZone),
    Modified_Time: renderInstant(row.modifiedMs, user.timeZone),
  }
}

function renderProduct(viewer: Viewer, id: string): unknown {
  const record = viewer.world.table('Products').get(id)
  if (record === undefined) return renderLookup(viewer, 'Products', id)
  return { Product_Code: record.values.Product_Code ?? null, name: textOf(record.values.Product_Name), id }
}

export function renderTaxes(viewer: Viewer, taxes: readonly AppliedTax[]): unknown {
  return taxes.map((tax) => {
    const name = viewer.world.org().taxes.find((one) => one.id === tax.id)?.name ?? ''
    return { percentage: tax.percentage, name, id: tax.id, value: tax.value, display_name: name }
  })
}

/** Everything about one record, with `$` keys and line items (zoho-crm.md 3.2). */
export function renderWhole(viewer: Viewer, module: Module, record: StoredRecord): Record<string, unknown> {
  const shown: Record<string, unknown> = {}
  for (const field of module.fields) {
    if (field.kind !== 'subform' && isShown(viewer, field)) shown[field.apiName] = renderField(viewer, record, field)
  }
  const currency = viewer.world.org().currencies.find((one) => one.code === record.values.Currency)
  return {
    ...shown,
    id: record.id,
    Tag: [],
    Layout: { id: module.layoutId, name: 'Standard', display_label: 'Standard' },
    $currency_symbol: currency?.symbol ?? viewer.world.org().currencies[0].symbol,
    $approval_state: 'approved',
    $editable: true,
    $process_flow: false,
    $locked_for_me: false,
    $in_merge: false,
    ...(module.apiName === 'Tasks' ? { [RELATED_MODULE]: record.values[RELATED_MODULE] ?? null } : {}),
    ...renderLines(viewer, module, record),
  }
}

/** Records of a single-currency org have no currency fields (zoho-crm.md 5). */
export function isShown(viewer: Viewer, field: Field): boolean {
  const isCurrency = field.apiName === 'Currency' || field.apiName === 'Exchange_Rate'
  return !isCurrency || viewer.world.switches.is('multiCurrency', 'on')
}

function renderLines(viewer: Viewer, module: Module, record: StoredRecord): Record<string, unknown> {
  if (module.lineField === undefined) return {}
  return {
    [module.lineField]: record.rows.map((row) => renderRow(viewer, { module, record }, row)),
    $line_tax: renderTaxes(viewer, record.documentTaxes),
    $has_more: { [module.lineField]: false },
  }
}
