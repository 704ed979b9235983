import type { Field } from '../model/field.ts'
import { isNumeric } from '../model/field.ts'
import { isPlainDate, parseInstant } from '../model/instants.ts'
import { fieldOf, type Module } from '../model/modules.ts'
import type { StoredRecord } from '../model/record.ts'
import { renderField, renderTaxes, type Viewer } from '../read/render.ts'
import { invalidQuery } from './tokens.ts'

/** Lookup joins go two levels deep (zoho-crm.md 3.9). */
const MOST_JOINS = 2

export type Comparable = string | number | boolean | null

/** A column bound to its field, read through lookups where the path has dots. */
export interface BoundPath {
  readonly field: Field
  /** What conditions and orders compare. */
  read(record: StoredRecord): Comparable
  render(record: StoredRecord): unknown
}

export function bindPath(viewer: Viewer, module: Module, path: string): BoundPath {
  const steps = path.split('.')
  if (steps.length > MOST_JOINS + 1) throw unknownColumn(path)
  const [first = '', ...rest] = steps
  const field = fieldOf(module, first)
  if (field === undefined || field.kind === 'subform') throw unknownColumn(path)
  if (rest.length === 0) return ownPath(viewer, field)
  return joinedPath(viewer, field, { rest: rest.join('.'), path })
}

function unknownColumn(path: string) {
  return invalidQuery('column given seems to be invalid', { column_name: path })
}

function ownPath(viewer: Viewer, field: Field): BoundPath {
  return {
    field,
    read: (record) => comparableOf(record, field),
    render: (record) =>
      field.kind === 'linetax' ? renderTaxes(viewer, record.documentTaxes) : renderField(viewer, record, field),
  }
}

function joinedPath(viewer: Viewer, field: Field, join: { readonly rest: string; readonly path: string }): BoundPath {
  const target = field.lookup === undefined ? undefined : viewer.world.module(field.lookup)
  if (target === undefined) throw unknownColumn(join.path)
  const inner = bindPath(viewer, target, join.rest)
  const follow = (record: StoredRecord) => {
    const id = record.values[field.apiName]
    return typeof id === 'string' ? viewer.world.table(target.apiName).get(id) : undefined
  }
  return {
    field: inner.field,
    read(record) {
      const found = follow(record)
      return found === undefined ? null : inner.read(found)
    },
    render(record) {
      const found = follow(record)
      return found === undefined ? null : inner.render(found)
    },
  }
}

function comparableOf(record: StoredRecord, field: Field): Comparable {
  switch (field.apiName) {
    case 'id':
      return record.id
    case 'Owner':
      return record.owner
    case 'Created_By':
      return record.createdBy
    case 'Modified_By':
      return record.modifiedBy
    case 'Created_Time':
      return record.createdMs
    case 'Modified_Time':
      return record.modifiedMs
    default: {
      const value = record.values[field.apiName] ?? null
      return typeof value === 'object' && value !== null ? value.join(';') : value
    }
  }
}

/** The written value as the field's type; a value of another type is INVALID_QUERY. */
export function typedValue(field: Field, text: string): Comparable {
  const value = convert(field, text)
  if (value !== undefined) return value
  throw invalidQuery('value given seems to be invalid for the column', { column_name: field.apiName })
}

function convert(field: Field, text: string): Comparable | undefined {
  if (field.kind === 'datetime') return parseInstant(text)
  if (field.kind === 'date') return isPlainDate(text) ? text : undefined
  if (field.kind === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined
  if (isNumeric(field)) return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined
  if (field.kind === 'lookup' || field.kind === 'ownerlookup' || field.apiName === 'id') {
    return /^\d+$/.test(text) ? text : undefined
  }
  return text
}
