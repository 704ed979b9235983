import type { JsonObject } from '../model/json.ts'
import { type StoredRecord, textOf } from '../model/record.ts'
import type { World } from '../world.ts'
import { type Planned, standardModule } from './conversion.ts'
import type { LeadConversion } from './convert-lead.ts'
import { accountOfLead, contactOfLead } from './lead-mapping.ts'

export const PATH = '$.data[0]'
/** Parts of a deal in a conversion that are no fields of it here. */
const NO_FIELDS = ['Contact_Role', 'Campaign_Source', '$move_attachments']

/** What a conversion writes, beside the lead itself. */
export interface LeadPlan {
  readonly account: Planned | undefined
  readonly contact: Planned | undefined
  readonly deal: Planned | undefined
}

/** The records that the conversion finds in place. */
export interface InPlace {
  /** The one that was named, else that of the named contact. */
  readonly account: StoredRecord | undefined
  readonly contact: StoredRecord | undefined
}

export function inPlaceFor(world: World, conversion: LeadConversion): InPlace {
  const contact = world.table('Contacts').get(conversion.contact ?? '')
  const id = conversion.account ?? textOf(contact?.values.Account_Name)
  return { account: world.table('Accounts').get(id), contact }
}

/** A lead without company needs no account; named records are written only when they shall be overwritten. */
export function planOf(world: World, lead: StoredRecord, conversion: LeadConversion): LeadPlan {
  const place = inPlaceFor(world, conversion)
  const Owner = { id: conversion.owner ?? lead.owner }
  const added = (name: 'Accounts' | 'Contacts' | 'Deals', input: JsonObject): Planned => ({
    module: standardModule(world, name),
    before: undefined,
    input: { Owner, ...input },
    path: `${PATH}.${name}`,
  })
  const changed = (name: 'Accounts' | 'Contacts', before: StoredRecord, input: JsonObject): Planned | undefined =>
    conversion.existing === 'kept'
      ? undefined
      : { module: standardModule(world, name), before, input, path: `${PATH}.${name}` }
  const isCompany = textOf(lead.values.Company) !== ''
  const newAccount = isCompany ? added('Accounts', accountOfLead(world, lead)) : undefined
  const deal = Object.entries(conversion.deal ?? {}).filter(([name]) => !NO_FIELDS.includes(name))
  return {
    account: place.account === undefined ? newAccount : changed('Accounts', place.account, accountOfLead(world, lead)),
    contact:
      place.contact === undefined
        ? added('Contacts', contactOfLead(world, lead))
        : changed('Contacts', place.contact, contactOfLead(world, lead)),
    deal: conversion.deal === undefined ? undefined : added('Deals', Object.fromEntries(deal)),
  }
}
