import type { Field } from '../model/field.ts'
import { renderInstant } from '../model/instants.ts'
import type { JsonObject } from '../model/json.ts'
import { fieldOf, type Module } from '../model/modules.ts'
import { type Row, type StoredRecord, textOf, type Value } from '../model/record.ts'
import type { Change, World } from '../world.ts'
import {
  alreadyConverted,
  type ConversionRefusal,
  type Converter,
  made,
  type Planned,
  plannedProblem,
  unconverted,
  unknownSource,
} from './conversion.ts'

/** What can become what (zoho-crm.md 4.3). */
const TARGETS: ReadonlyMap<string, readonly string[]> = new Map([
  ['Quotes', ['Sales_Orders', 'Invoices']],
  ['Sales_Orders', ['Invoices']],
])

export function targetsOf(source: Module): readonly string[] {
  return TARGETS.get(source.apiName) ?? []
}

export interface ConvertedDocument {
  readonly ok: true
  readonly made: readonly { readonly module: Module; readonly record: StoredRecord }[]
}

/** Makes documents with lines of their own from a quote or an order, once (zoho-crm.md 4.3). */
export function convertDocument(
  converter: Converter,
  source: { readonly module: Module; readonly id: string },
  targets: readonly Module[],
): ConvertedDocument | ConversionRefusal {
  const { world } = converter
  const record = world.table(source.module.apiName).get(source.id)
  if (record === undefined) return unknownSource
  if (record.convertedTo !== undefined) return alreadyConverted
  const planned: Planned[] = targets.map((module, index) => ({
    module,
    before: undefined,
    input: inputFor(world, { module: source.module, record }, module),
    path: `$.data[0].convert_to[${index}]`,
  }))
  const problem = plannedProblem(world, planned)
  if (problem !== undefined) return unconverted('element', problem)
  const changes: Change[] = []
  const done = planned.map((one) => ({ module: one.module, record: made(converter, one, changes) }))
  world.save(source.module.apiName, { ...record, convertedTo: targets.map((target) => target.apiName) })
  world.publish(changes)
  return { ok: true, made: done }
}

interface Source {
  readonly module: Module
  readonly record: StoredRecord
}

/** Standard fields of the same name and kind go over; custom ones would need a mapping that nobody set up. */
function inputFor(world: World, source: Source, target: Module): JsonObject {
  const { record } = source
  const input: Record<string, unknown> = { Owner: { id: record.owner }, Status: 'Created' }
  for (const field of target.fields) {
    if (!goesOver(world, source.module, field)) continue
    const value = sendable(world, field, record.values[field.apiName])
    if (value !== null) input[field.apiName] = value
  }
  const taxes = record.documentTaxes.map((tax) => ({ id: tax.id }))
  return {
    ...input,
    ...crossReferences(world, source, target),
    ...(taxes.length === 0 ? {} : { $line_tax: taxes }),
    [target.lineField ?? '']: record.rows.map(rowInput),
  }
}

const OWN_FIELDS = new Set(['Owner', 'Status'])

function goesOver(world: World, source: Module, field: Field): boolean {
  const own = fieldOf(source, field.apiName)
  const isCurrency = field.apiName === 'Currency' || field.apiName === 'Exchange_Rate'
  if (field.custom || field.readOnly || field.kind === 'subform' || OWN_FIELDS.has(field.apiName)) return false
  if (isCurrency && world.switches.is('multiCurrency', 'off')) return false
  return own !== undefined && !own.custom && own.kind === field.kind && own.lookup === field.lookup
}

/** A stored value as a client would send it; lookups to deleted records are left out. */
function sendable(world: World, field: Field, value: Value | undefined): unknown {
  if (value === undefined || value === null) return null
  if (field.kind === 'datetime') return typeof value === 'number' ? renderInstant(value, world.org().timeZone) : null
  return field.kind === 'lookup' ? reference(world, field.lookup, value) : value
}

function reference(world: World, module: string | undefined, value: Value | undefined): { readonly id: string } | null {
  const id = textOf(value)
  return module !== undefined && world.table(module).get(id) !== undefined ? { id } : null
}

/** The deal goes by another name on an invoice (zoho-crm.md 4 Invoices); the new document names its origin. */
function crossReferences(world: World, source: Source, target: Module): JsonObject {
  const { module, record } = source
  const deal = reference(world, 'Deals', record.values.Deal_Name)
  const isInvoice = target.apiName === 'Invoices'
  return {
    ...(isInvoice && deal !== null ? { Deal_Name__s: deal } : {}),
    ...(isInvoice && module.apiName === 'Sales_Orders' ? { Sales_Order: { id: record.id } } : {}),
    ...(target.apiName === 'Sales_Orders' ? { Quote_Name: { id: record.id } } : {}),
  }
}

function rowInput(row: Row): JsonObject {
  const { Product_Name, Quantity, List_Price, Discount, Description } = row.values
  return {
    Product_Name: { id: Product_Name },
    Quantity,
    List_Price,
    Discount,
    Description,
    Line_Tax: row.taxes.map((tax) => ({ id: tax.id })),
  }
}
