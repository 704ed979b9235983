import { isForerunner } from '../../model/kind.ts'
import type { RecordRef, RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { ValueObject } from '../../model/value.ts'
import {
  type CreateExtras,
  holdFor,
  type KindMapping,
  type LeadRules,
  type LinkContext,
  type Mapped,
  type MappingContext,
  mapped,
  type SideView,
} from '../contract.ts'
import { zohoField } from '../limits.ts'
import { isTicked, lookupIdAt, textAt } from '../record-fields.ts'
import { withOverrides } from '../rule.ts'
import { GO } from '../verdicts.ts'
import { contactModule, contactName } from './contact-keys.ts'
import { leadFields } from './lead-fields.ts'
import { cleanEmail } from './person-fields.ts'
import { lastNameStandIn } from './person-name.ts'

/** Xero contacts that are leads of the CRM, until somebody converts them there (R13b). `customer`: the rules of customers. */
export function leadRules(settings: ConnectionSettings, customer: KindMapping): LeadRules {
  return {
    isNew: isProspect,
    mapping: {
      ...customer,
      fields: withOverrides('contact', leadFields(settings), settings),
      persons: null,
      zohoCollection: 'Leads',
      createExtras: (target, source, context) =>
        target === 'zoho' ? leadExtras(source, context) : customer.createExtras(target, source, context),
      // A lead has no additional people, whom Xero would take only beside a mailbox.
      check: () => GO,
    },
  }
}

/** Whoever has a document in Xero is a customer or supplier already (xero.md 4.1, IsCustomer): no lead for salespeople. */
function isProspect({ fields }: RemoteRecord, { settings }: MappingContext): boolean {
  return settings.newXeroContacts === 'leads' && !isTicked(fields, 'IsCustomer') && !isTicked(fields, 'IsSupplier')
}

function leadExtras(source: SideView, context: LinkContext): Mapped<CreateExtras> {
  const { settings, reference } = context
  if (source.main === null || contactName(source.main) === '')
    return holdFor('requiredValueMissing', 'A contact needs a name')
  const field = settings.provisioned.xeroId.Leads ?? ''
  if (field === '') return holdFor('fieldMissing', 'Zoho Leads has no Xero ID field yet: connect provisions it')
  const isPerson = contactModule(settings) === 'Contacts'
  const needsCompany = isPerson && zohoField(reference, 'Leads', 'Company')?.isMandatory === true
  return mapped({
    payload: {
      ...(isPerson ? {} : lastName(source.main.fields)),
      ...(needsCompany ? { Company: contactName(source.main) } : {}),
      [field]: source.main.id,
    },
    naturalKey: { field, value: source.main.id },
  })
}

/** Under either rule of Zoho: a last name, or a first or last one (zoho-crm.md 4 Contacts, 12). */
function lastName(contact: ValueObject): ValueObject {
  if (textAt(contact, 'LastName').trim() !== '') return {}
  return {
    Last_Name: lastNameStandIn(textAt(contact, 'FirstName').trim(), cleanEmail(textAt(contact, 'EmailAddress'))),
  }
}

/** What its conversion has made of a lead: the customer by this customer model (zoho-crm.md 4, Converted_*). */
export function convertedInto(record: RemoteRecord, settings: ConnectionSettings): RecordRef | null {
  if (!isForerunner(record.collection)) return null
  const collection = contactModule(settings)
  const remoteId = lookupIdAt(record.fields, collection === 'Accounts' ? 'Converted_Account' : 'Converted_Contact')
  return remoteId === '' ? null : { side: 'zoho', collection, remoteId }
}

/** Was the record made by this conversion? Then all that both sides agreed on of the lead is agreed on of it, too. */
export function isMadeByConversion(lead: RemoteRecord, { createdAt }: RemoteRecord): boolean {
  const convertedAt = Date.parse(textAt(lead.fields, 'Converted_Date_Time'))
  if (createdAt === null || Number.isNaN(convertedAt)) return false
  return Math.abs(Date.parse(createdAt) - convertedAt) <= CONVERSION_MS
}

/** One call makes all of it; both times are Zoho's own, in whole seconds. */
const CONVERSION_MS = 10_000
