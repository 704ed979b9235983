import { type Collection, isForerunner } from '../model/kind.ts'
import { type Link, mainPart } from '../model/link.ts'
import type { KindMapping } from './contract.ts'

/** The rules for a record of this collection: a lead's own where it is one. */
export function formFor(mapping: KindMapping, collection: Collection | undefined): KindMapping {
  return mapping.lead !== undefined && collection !== undefined && isForerunner(collection)
    ? mapping.lead.mapping
    : mapping
}

/** The rules of a link: by where its record in the CRM stands. */
export function formOfLink(mapping: KindMapping, link: Link): KindMapping {
  return formFor(mapping, mainPart(link, 'zoho')?.collection)
}
