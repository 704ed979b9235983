import type { Kind } from '../../model/kind.ts'
import type { FieldMapping } from '../../model/mapping-document.ts'
import type { ReferenceData } from '../../model/reference.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import { SIDES, type Side } from '../../model/side.ts'
import { zohoField } from '../limits.ts'
import { flowsTo } from './flow.ts'
import { isOpenRule, LEAD_OWNERS, zohoOwners } from './owners.ts'
import { xeroField, xeroFieldsOf } from './xero-fields.ts'
import { isOfLeads, zohoPath } from './zoho-fields.ts'

interface Claims {
  readonly kind: Kind
  readonly mappings: readonly FieldMapping[]
  readonly settings: ConnectionSettings
  readonly reference: ReferenceData
}

const NAMES = { zoho: 'Zoho', xero: 'Xero' } as const

/** Two rules that write one field would undo each other for ever (I5). Answers what is wrong with one mapping. */
export function claimFaults(mapping: FieldMapping, claims: Claims): readonly string[] {
  return SIDES.filter((side) => flowsTo(side, mapping)).flatMap((side) => {
    const place = placeOf(side, mapping, claims)
    const rival = claims.mappings.find(
      (other) =>
        other !== mapping &&
        isOfLeads(other.zoho) === isOfLeads(mapping.zoho) &&
        flowsTo(side, other) &&
        placeOf(side, other, claims) === place,
    )
    if (rival !== undefined) return [`${NAMES[side]} ${place} is written by ${rival.field} too`]
    if (side === 'zoho' && isProvisioned(place, claims.settings)) return [`Zoho ${place} is kept by Tandem itself`]
    const owner = ownerOf(side, mapping, claims)
    if (owner === '' || owner === mapping.field || !isActive(owner, claims)) return []
    const fix = isOpenRule(claims.kind, owner) ? `map ${owner} anew` : `switch ${owner} off`
    return [`${NAMES[side]} ${place} is written by the default field ${owner}: ${fix}, or let this one only read it`]
  })
}

/** What the other system refuses a create without, when the default rule that filled it is gone. */
export function missingFaults({ kind, mappings, settings, reference }: Claims): readonly string[] {
  const gone = (owner: string) => owner !== '' && !isActive(owner, { kind, mappings, settings, reference })
  const isFilled = (side: Side, place: string) =>
    mappings.some((one) => flowsTo(side, one) && placeOf(side, one, { kind, settings }) === place)
  const xero = xeroFieldsOf(kind).filter(
    ({ owner, isRequired, path }) => isRequired && gone(owner) && !isFilled('xero', path),
  )
  const zoho = Object.entries(zohoOwners(kind, 'main', settings)).filter(([key, owner]) => {
    const { module } = zohoPath(kind, key, settings)
    const isMandatory = zohoField(reference, module, key)?.isMandatory === true
    return isMandatory && gone(owner) && !isFilled('zoho', `${module}.${key}`)
  })
  return [
    ...xero.map(({ path }) => `Xero needs ${path}, and nothing is mapped to it any more`),
    ...zoho.map(([key]) => `Zoho needs ${key}, and nothing is mapped to it any more`),
  ]
}

function placeOf(side: Side, mapping: FieldMapping, { kind, settings }: Pick<Claims, 'kind' | 'settings'>): string {
  if (side === 'xero') return mapping.xero
  const { module, key } = zohoPath(kind, mapping.zoho, settings)
  return `${module}.${key}`
}

function ownerOf(side: Side, mapping: FieldMapping, { kind, settings }: Claims): string {
  if (side === 'xero') return xeroField(kind, mapping.xero)?.owner ?? ''
  const { module, key, role } = zohoPath(kind, mapping.zoho, settings)
  return (module === 'Leads' ? LEAD_OWNERS : zohoOwners(kind, role, settings))[key] ?? ''
}

/** Does the default rule still stand: neither mapped anew nor switched off? */
function isActive(owner: string, { kind, mappings, settings }: Claims): boolean {
  const isOff = settings.fieldPolicies[`${kind}.${owner}`]?.direction === 'off'
  return !isOff && !mappings.some(({ field }) => field === owner)
}

function isProvisioned(place: string, { provisioned }: ConnectionSettings): boolean {
  const { xeroId, addToXero, xeroInvoiceNumber, xeroInvoiceUrl, brandingTheme, primaryContact } = provisioned
  const ours = [
    ...Object.entries(xeroId).map(([module, name]) => `${module}.${name}`),
    ...[addToXero, xeroInvoiceNumber, xeroInvoiceUrl, brandingTheme].map((name) => `Invoices.${name}`),
    `Contacts.${primaryContact}`,
  ]
  return ours.includes(place)
}
