import { collectionsOf, type Kind } from '../../model/kind.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Side } from '../../model/side.ts'
import {
  type FieldRule,
  holdFor,
  type LinkContext,
  type Mapped,
  mapped,
  type ParentRef,
  type SideField,
} from '../contract.ts'
import { asText } from '../record-fields.ts'

export interface LookupTarget {
  /** The kind of the linked record. */
  readonly kind: Kind
  readonly settings: Pick<ConnectionSettings, 'customerModel'>
}

/** Xero's ids; whatever else somebody types into the field names no record. */
const XERO_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** A Zoho look-up and its linked record's Xero id: never a name, which would be a text that nobody keeps up (R20b). */
export function lookupSides(
  plain: Pick<FieldRule, 'zoho' | 'xero'>,
  to: LookupTarget,
): Pick<FieldRule, 'zoho' | 'xero'> {
  return { zoho: throughLink(plain.zoho, 'xero', to), xero: throughLink(plain.xero, 'zoho', to) }
}

function throughLink(side: SideField, from: Side, to: LookupTarget): SideField {
  return {
    ...side,
    accept(other, context) {
      const partner = partnerOf(asText(other), { from, to, context })
      return partner.type === 'hold' || partner.value === '' ? partner : side.accept(partner.value, context)
    },
  }
}

function partnerOf(
  id: string,
  { from, to, context }: { readonly from: Side; readonly to: LookupTarget; readonly context: LinkContext },
): Mapped<string> {
  if (id === '') return mapped('')
  if (from === 'xero' && !XERO_ID.test(id)) return holdFor('valueNotAllowed', `"${id}" is no id of a record in Xero`)
  const partner = context.partnerOf(from, collectionOf(from, to), id)
  return partner === null ? holdFor('missingParent', `The linked ${to.kind} ${id} has no partner yet`) : mapped(partner)
}

/** What a value of the look-up's field names, so that it is linked first and known when the field is planned. */
export function lookupParent(side: Side, value: string, to: LookupTarget): ParentRef | null {
  if (value === '' || (side === 'xero' && !XERO_ID.test(value))) return null
  return { kind: to.kind, side, collection: collectionOf(side, to), remoteId: value }
}

function collectionOf(side: Side, { kind, settings }: LookupTarget) {
  return collectionsOf(kind, side, settings.customerModel)[0]
}
