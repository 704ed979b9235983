import type { SkipReason } from '../../model/plan.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Side } from '../../model/side.ts'
import { isValueList } from '../../model/value.ts'
import { decodeEntities, tidy } from '../clean-text.ts'
import { normaliseName } from '../contact/match-keys.ts'
import {
  type CheckVerdict,
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
  type WriteIntent,
} from '../contract.ts'
import { taxFault } from '../invoice/xero-faults.ts'
import { asText, objectAt, textAt } from '../record-fields.ts'
import { withOverrides } from '../rule.ts'
import { GO, lockedByLife, skipByLife } from '../verdicts.ts'
import { itemAccounts } from './item-accounts.ts'
import { codeKey, codeOf, madeCode } from './item-code.ts'
import { itemFields, NEEDS_CODE } from './item-fields.ts'

export function itemMapping(settings: ConnectionSettings): KindMapping {
  return {
    kind: 'item',
    fields: withOverrides('item', itemFields(settings), settings),
    lines: null,
    persons: null,
    skip,
    crossReference,
    matchKeys,
    suggestKeys,
    lookups,
    parents: () => [],
    title,
    createExtras,
    mayWrite: (_field, target) => lockedByLife(target),
    // Deleted for good (xero.md 4.2): a product that is restored gets a new item of its code.
    removal: () => ({ type: 'remove', from: 'ACTIVE', to: 'DELETED', payload: {}, consent: null }),
    check,
  }
}

/**
 * What is only bought is no product of the CRM; the service product stands for lines that have none. A product whose
 * item somebody else has made joins it, whether or not we make items (R39).
 */
function skip(record: RemoteRecord, { settings }: MappingContext): SkipReason | null {
  const isOurs = record.side === 'zoho' && record.id === settings.provisioned.serviceProductId
  const isUnsold = record.side === 'xero' && record.fields.IsSold === false
  const byLife = skipByLife(record)
  if (byLife !== null || isOurs || isUnsold) return byLife ?? 'notASale'
  return record.side === 'zoho' && settings.missingItems === 'describe' ? 'createSwitchedOff' : null
}

/** A product without a code is known by the one that it would get, should it have got it already. */
function matchKeys({ main }: SideView, { settings }: MappingContext): readonly string[] {
  const code = main === null ? '' : codeOrMade(main)
  return code === '' ? [] : [`code:${codeKey(code, settings)}`]
}

function codeOrMade(record: RemoteRecord): string {
  return codeOf(record) || (record.side === 'zoho' ? madeCode(record.id) : '')
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

function lookups(target: Side, { main }: SideView, context: MappingContext): readonly Lookup[] {
  const { settings } = context
  const code = main === null ? '' : codeOrMade(main)
  if (target === 'xero') return code === '' ? [] : [{ collection: 'Items', key: { field: 'Code', value: code } }]
  const field = settings.provisioned.xeroId.Products ?? ''
  return [
    ...(code === '' ? [] : [{ collection: 'Products', key: { field: 'Product_Code', value: code } } as const]),
    ...(field === '' || main === null ? [] : [{ collection: 'Products', key: { field, value: main.id } } as const]),
  ]
}

function title(record: RemoteRecord): string {
  const name = tidy(decodeEntities(textAt(record.fields, record.side === 'zoho' ? 'Product_Name' : 'Name')))
  return name === '' ? codeOf(record) : name
}

function createExtras(target: Side, source: SideView, context: LinkContext): Mapped<CreateExtras> {
  if (source.main === null) return holdFor('recordGone', 'The source record is gone')
  return target === 'xero' ? xeroExtras(source.main, context) : zohoExtras(source.main, context.settings)
}

function xeroExtras(product: RemoteRecord, context: LinkContext): Mapped<CreateExtras> {
  const { settings, reference } = context
  const code = codeOf(product) || (context.mayChooseKey === true ? madeCode(product.id) : '')
  if (code === '') return holdFor('productWithoutCode', NEEDS_CODE)
  const accounts = itemAccounts(product, { settings, xero: reference.xero })
  if (accounts.type === 'hold') return accounts
  return mapped({
    payload: { Code: code, IsSold: true, ...accounts.value },
    naturalKey: { field: 'Code', value: code },
  })
}

/** A rate that a sale cannot bear is told before Xero refuses it; one that the item has already is not ours to judge. */
function check({ target, targetView, after }: WriteIntent, { reference }: LinkContext): CheckVerdict {
  const taxType = target === 'xero' ? asText(after.tax) : ''
  const present = textAt(objectAt(targetView.main?.fields, 'SalesDetails'), 'TaxType')
  const fault = taxType === present ? null : taxFault(taxType, reference.xero)
  return fault === null ? GO : holdFor('taxNotValid', fault)
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
