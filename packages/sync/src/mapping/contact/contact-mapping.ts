import type { SkipReason } from '../../model/plan.ts'
import type { RecordRef, RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Side } from '../../model/side.ts'
import { isBlank, isValueList, type ValueObject } from '../../model/value.ts'
import {
  type CheckVerdict,
  type CreateExtras,
  holdFor,
  type KindMapping,
  type LinkContext,
  type Mapped,
  type MappingContext,
  mapped,
  type SideView,
  type WriteIntent,
} from '../contract.ts'
import { isTicked, textAt } from '../record-fields.ts'
import { withOverrides } from '../rule.ts'
import { isMadeForVendor } from '../vendor/vendor-keys.ts'
import { GO, lockedByLife, skipByLife } from '../verdicts.ts'
import { contactFields } from './contact-fields.ts'
import {
  contactLookups,
  contactMatchKeys,
  contactModule,
  contactName,
  contactNumber,
  contactReference,
  contactSuggestKeys,
  doContactsAgree,
  leadKeys,
  mergedInto,
} from './contact-keys.ts'
import { contactEnded, contactRemoval } from './contact-removal.ts'
import { companyOfPerson } from './former-model.ts'
import { convertedInto, isMadeByConversion, leadRules } from './lead-mapping.ts'
import { splitName } from './person-name.ts'
import { personRules } from './persons.ts'

export function contactMapping(settings: ConnectionSettings): KindMapping {
  const customer = customerMapping(settings)
  return { ...customer, lead: leadRules(settings, customer) }
}

function customerMapping(settings: ConnectionSettings): KindMapping {
  const hasPersons = settings.customerModel === 'accountsWithPersons'
  return {
    kind: 'contact',
    fields: withOverrides('contact', contactFields(settings), settings),
    lines: null,
    persons: hasPersons ? personRules : null,
    skip,
    crossReference: contactReference,
    matchKeys: contactMatchKeys,
    suggestKeys: contactSuggestKeys,
    corroborates: doContactsAgree,
    lastKeys: leadKeys,
    successor: (record) =>
      successorOfMerge(record) ?? convertedInto(record, settings) ?? companyOfPerson(record, settings),
    continues: isMadeByConversion,
    people: personRules,
    lookups: contactLookups,
    parents: () => [],
    title: contactName,
    createExtras,
    mayWrite: (_field, target) => lockedByLife(target),
    removal: contactRemoval,
    ended: contactEnded,
    check,
  }
}

function successorOfMerge(record: RemoteRecord): RecordRef | null {
  const remoteId = mergedInto(record)
  return remoteId === null ? null : { side: record.side, collection: record.collection, remoteId }
}

function skip(record: RemoteRecord, { settings }: MappingContext): SkipReason | null {
  const byLife = skipByLife(record)
  if (byLife !== null || record.side === 'zoho') return byLife
  // One that we have made for a supplier of the CRM is not marked as one before its first bill (xero.md 4.1).
  const isSupplier = isTicked(record.fields, 'IsSupplier') || isMadeForVendor(record)
  const isSupplierOnly = isSupplier && !isTicked(record.fields, 'IsCustomer')
  return isSupplierOnly && !settings.includeSuppliers ? 'supplierOnly' : null
}

/** Xero: our link id as ContactNumber. Zoho: the unique Xero ID (design section 4, "Creates carry their own identity"). */
function createExtras(target: Side, source: SideView, context: LinkContext): Mapped<CreateExtras> {
  if (source.main === null || contactName(source.main) === '') {
    return holdFor('requiredValueMissing', 'A contact needs a name')
  }
  if (target === 'xero') {
    const value = contactNumber(context.linkId)
    return mapped({
      payload: { ContactNumber: value, ...personNames(source.main) },
      naturalKey: { field: 'ContactNumber', value },
    })
  }
  const module = contactModule(context.settings)
  const field = context.settings.provisioned.xeroId[module] ?? ''
  if (field === '') return holdFor('fieldMissing', `Zoho ${module} has no Xero ID field yet: connect provisions it`)
  return mapped({ payload: { [field]: source.main.id }, naturalKey: { field, value: source.main.id } })
}

/** A person alone has no mapped first and last name: Xero greets by FirstName in its e-mails (xero.md 4.3). */
function personNames(record: RemoteRecord): ValueObject {
  if (record.collection !== 'Contacts' || record.side === 'xero') return {}
  const split = splitName(contactName(record))
  return split === null ? {} : { FirstName: split.first, LastName: split.last }
}

/** `Additional people cannot be added when the primary person has no email address set` (xero.md 4.1). */
function check({ target, targetView, after }: WriteIntent): CheckVerdict {
  if (target !== 'xero') return GO
  const persons = after.persons
  const email = after.email ?? textAt(targetView.main?.fields, 'EmailAddress')
  if (isValueList(persons) && persons.length > 0 && isBlank(email)) {
    return holdFor('requiredValueMissing', 'Xero takes additional people only when the primary person has an e-mail')
  }
  return GO
}
