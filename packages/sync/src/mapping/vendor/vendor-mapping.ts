import type { SkipReason } from '../../model/plan.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Side } from '../../model/side.ts'
import { mergedInto } from '../contact/contact-keys.ts'
import {
  type CreateExtras,
  holdFor,
  type KindMapping,
  type LinkContext,
  type Mapped,
  type MappingContext,
  mapped,
  type ParentRef,
  type SideView,
  type WriteVerdict,
} from '../contract.ts'
import { isTicked } from '../record-fields.ts'
import { withOverrides } from '../rule.ts'
import { GO, locked, lockedByLife, skipByLife, WRITE } from '../verdicts.ts'
import { vendorFields } from './vendor-fields.ts'
import {
  doVendorsAgree,
  isMadeForVendor,
  supplierNumber,
  vendorLookups,
  vendorMatchKeys,
  vendorName,
  vendorReference,
  vendorSuggestKeys,
} from './vendor-keys.ts'

/** Suppliers: vendors of the CRM and Xero contacts of whom something is bought (R10c). */
export function vendorMapping(settings: ConnectionSettings): KindMapping {
  return {
    kind: 'vendor',
    fields: withOverrides('vendor', vendorFields(settings), settings),
    lines: null,
    persons: null,
    skip,
    crossReference: vendorReference,
    matchKeys: vendorMatchKeys,
    suggestKeys: vendorSuggestKeys,
    corroborates: doVendorsAgree,
    mergedInto,
    lookups: vendorLookups,
    parents: otherRole,
    title: vendorName,
    createExtras,
    mayWrite,
    check: () => GO,
  }
}

/** A contact of whom nothing was ever bought is no supplier; one that we have made for a vendor is (xero.md 4.1). */
function skip(record: RemoteRecord): SkipReason | null {
  const byLife = skipByLife(record)
  if (byLife !== null || record.side === 'zoho') return byLife
  return isTicked(record.fields, 'IsSupplier') || isMadeForVendor(record) ? null : 'notASupplier'
}

/** The same Xero contact as a customer: looked up with the supplier, and never pulled in. */
function otherRole({ main }: SideView): readonly ParentRef[] {
  if (main?.side !== 'xero') return []
  return [{ kind: 'contact', side: 'xero', collection: 'Contacts', remoteId: main.id }]
}

/**
 * One Xero contact has one writer. Where it is a customer too, that is its company (CRM Account): two records of the CRM
 * that write over each other there would lose what somebody typed (I3), and never come to rest (I5).
 */
function mayWrite(_field: string, target: SideView, context: MappingContext): WriteVerdict {
  const byLife = lockedByLife(target)
  const { main } = target
  if (byLife.type === 'locked' || main?.side !== 'xero') return byLife
  if (context.partnerOf('xero', 'Contacts', main.id) === null) return WRITE
  return locked(
    'supplierIsCustomer',
    'This supplier is a customer too: its company (CRM Account) changes it in Xero, and the vendor follows',
  )
}

function createExtras(target: Side, { main }: SideView, context: LinkContext): Mapped<CreateExtras> {
  if (main === null || vendorName(main) === '') return holdFor('requiredValueMissing', 'A supplier needs a name')
  if (target === 'xero') {
    const value = supplierNumber(context.linkId)
    return mapped({ payload: { ContactNumber: value }, naturalKey: { field: 'ContactNumber', value } })
  }
  const field = context.settings.provisioned.xeroId.Vendors ?? ''
  if (field === '') return holdFor('fieldMissing', 'Zoho Vendors has no Xero ID field yet: connect provisions it')
  return mapped({ payload: { [field]: main.id }, naturalKey: { field, value: main.id } })
}
