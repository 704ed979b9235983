import type { SkipReason } from '../../model/plan.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Side } from '../../model/side.ts'
import { isValueList, type ValueObject } from '../../model/value.ts'
import { decodeEntities, tidy } from '../clean-text.ts'
import { normaliseName } from '../contact/match-keys.ts'
import {
  type CreateExtras,
  type CrossReference,
  holdFor,
  type KindMapping,
  type LinkContext,
  type Lookup,
  type Mapped,
  type MappingContext,
  mapped,
  type SideView,
} from '../contract.ts'
import { objectAt, textAt } from '../record-fields.ts'
import { withOverrides } from '../rule.ts'
import { GO, lockedByLife, skipByLife } from '../verdicts.ts'
import { codeKey, itemFields } from './item-fields.ts'

export function itemMapping(settings: ConnectionSettings): KindMapping {
  return {
    kind: 'item',
    fields: withOverrides('item', itemFields(settings), settings),
    lines: null,
    persons: null,
    skip,
    crossReference,
    matchKeys: ({ main }) => (main === null || codeOf(main) === '' ? [] : [`code:${codeKey(codeOf(main))}`]),
    suggestKeys,
    lookups,
    parents: () => [],
    title,
    createExtras,
    mayWrite: (_field, target) => lockedByLife(target),
    check: () => GO,
  }
}

/** What is only bought is no product of the CRM; the service product stands for lines that have none. */
function skip(record: RemoteRecord, { settings }: MappingContext): SkipReason | null {
  const isOurs = record.side === 'zoho' && record.id === settings.provisioned.serviceProductId
  const isUnsold = record.side === 'xero' && record.fields.IsSold === false
  return skipByLife(record) ?? (isOurs || isUnsold ? 'notASale' : null)
}

function crossReference(record: RemoteRecord, { settings }: MappingContext): CrossReference | null {
  const field = record.side === 'zoho' ? (settings.provisioned.xeroId.Products ?? '') : ''
  const remoteId = field === '' ? '' : textAt(record.fields, field).trim()
  return remoteId === '' ? null : { type: 'partner', remoteId }
}

/** Only where a code is missing: two codes are two products, however alike their names. */
function suggestKeys({ main }: SideView): readonly string[] {
  if (main === null || (main.side === 'zoho' && codeOf(main) !== '')) return []
  const name = normaliseName(title(main))
  return name === '' ? [] : [`name:${name}`]
}

function lookups(target: Side, { main }: SideView, { settings }: MappingContext): readonly Lookup[] {
  const code = main === null ? '' : codeOf(main)
  if (target === 'xero') return code === '' ? [] : [{ collection: 'Items', key: { field: 'Code', value: code } }]
  const field = settings.provisioned.xeroId.Products ?? ''
  return [
    ...(code === '' ? [] : [{ collection: 'Products', key: { field: 'Product_Code', value: code } } as const]),
    ...(field === '' || main === null ? [] : [{ collection: 'Products', key: { field, value: main.id } } as const]),
  ]
}

function codeOf(record: RemoteRecord): string {
  return tidy(textAt(record.fields, record.side === 'zoho' ? 'Product_Code' : 'Code'))
}

function title(record: RemoteRecord): string {
  const name = tidy(decodeEntities(textAt(record.fields, record.side === 'zoho' ? 'Product_Name' : 'Name')))
  return name === '' ? codeOf(record) : name
}

function createExtras(target: Side, source: SideView, { settings }: LinkContext): Mapped<CreateExtras> {
  if (source.main === null) return holdFor('recordGone', 'The source record is gone')
  return target === 'xero' ? xeroExtras(source.main, settings) : zohoExtras(source.main, settings)
}

function xeroExtras(record: RemoteRecord, { salesAccountCode }: ConnectionSettings): Mapped<CreateExtras> {
  const code = codeOf(record)
  if (code === '') return holdFor('missingKey', 'A product needs a Product Code to become a Xero item')
  const account: ValueObject = salesAccountCode === '' ? {} : { SalesDetails: { AccountCode: salesAccountCode } }
  return mapped({ payload: { Code: code, IsSold: true, ...account }, naturalKey: { field: 'Code', value: code } })
}

function zohoExtras(record: RemoteRecord, { provisioned, taxMap }: ConnectionSettings): Mapped<CreateExtras> {
  const field = provisioned.xeroId.Products ?? ''
  if (field === '') return holdFor('fieldMissing', 'Zoho Products has no Xero ID field yet: connect provisions it')
  const taxType = textAt(objectAt(record.fields, 'SalesDetails'), 'TaxType')
  const taxes = taxMap.find((mapping) => mapping.xeroTaxType === taxType)?.zohoTaxIds
  const hasTaxes = isValueList(taxes) && taxes.length > 0
  return mapped({
    payload: { [field]: record.id, Product_Active: true, ...(hasTaxes ? { Taxable: true } : {}) },
    naturalKey: { field, value: record.id },
  })
}
