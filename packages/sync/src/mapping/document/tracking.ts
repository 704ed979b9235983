import type { Kind } from '../../model/kind.ts'
import type { FieldMapping } from '../../model/mapping-document.ts'
import type { ReferenceData, XeroReference, XeroTrackingCategory } from '../../model/reference.ts'
import type { ValueObject } from '../../model/value.ts'
import { holdFor, type Mapped, mapped } from '../contract.ts'

/** `Tracking.Region`: the option that each line of ours has in Xero's tracking category of that name (xero.md 4.3). */
const PREFIX = 'Tracking.'
/** Of an option's name (xero.md 4.10). */
export const OPTION_LENGTH = 100
/** Xero takes no more on a line (xero.md 4.3). */
const MOST_PER_LINE = 2

/** Documents of sales, whose lines Tandem makes. */
export function tracks(kind: Kind): boolean {
  return kind === 'invoice' || kind === 'quote'
}

/** A category of the lines of one kind of document. */
export interface TrackingPlace {
  readonly kind: Kind
  readonly category: string
}

/** The category that a path names; null where it names none. */
export function categoryOf(path: string): string | null {
  const name = path.startsWith(PREFIX) ? path.slice(PREFIX.length).trim() : ''
  return name === '' ? null : name
}

export function isTracking({ xero }: Pick<FieldMapping, 'xero'>): boolean {
  return categoryOf(xero) !== null
}

/** Paths of what can be chosen now. */
export function trackingPaths(kind: Kind, { xero }: ReferenceData): readonly string[] {
  return tracks(kind) ? activeCategories(xero).map(({ name }) => `${PREFIX}${name}`) : []
}

/** How an option of this category is judged, and what a line bears for it. */
export function trackingOption(place: TrackingPlace) {
  return {
    judge: (text: string, { xero }: ReferenceData) => judged(text, place, xero),
    onLine: (text: string, { xero }: ReferenceData) => onLine(text, place, xero),
  }
}

/**
 * Xero's own spelling of an option, whatever the case it was typed in; one that it does not have, or not any more, is
 * held with those that it has. Passed on unjudged where the categories were never read: Xero takes a name as it is.
 */
function judged(text: string, { kind, category }: TrackingPlace, xero: XeroReference): Mapped<string> {
  if (text === '') return mapped(text)
  if (xero.trackingCategories === undefined)
    return kind === 'quote' ? holdFor('valueNotAllowed', NOT_READ) : mapped(text)
  const found = activeCategory(category, xero)
  if (found === undefined) return holdFor('valueNotAllowed', unknownCategory(category, xero))
  const option = optionOf(text, found)
  if (option !== undefined) return mapped(option.name)
  const known = listed(activeOptions(found).map(({ name }) => name))
  return holdFor('valueNotAllowed', `Xero's tracking category ${found.name} has no option "${text}". It has: ${known}`)
}

const NOT_READ = "Xero's tracking categories have not been read yet: they are within a day"

/** By names on an invoice, by the option's id on a quote (xero.md 4.3, 4.4). */
function onLine(text: string, { kind, category }: TrackingPlace, xero: XeroReference): ValueObject {
  const found = activeCategory(category, xero)
  if (text === '') return {}
  if (kind !== 'quote') return { Tracking: [{ Name: found?.name ?? category, Option: text }] }
  const option = found === undefined ? undefined : optionOf(text, found)
  return option === undefined ? {} : { Tracking: [{ TrackingOptionID: option.id }] }
}

function activeOptions({ options }: XeroTrackingCategory): XeroTrackingCategory['options'] {
  return options.filter(({ status }) => status === 'ACTIVE')
}

function optionOf(text: string, category: XeroTrackingCategory) {
  const options = activeOptions(category)
  return options.find(({ name }) => name === text) ?? options.find(({ name }) => isSame(name, text))
}

/** What is wrong with a field that goes to a tracking category, beside what is wrong with any field. */
export function trackingFaults(
  mapping: FieldMapping,
  at: { readonly kind: Kind; readonly mappings: readonly FieldMapping[]; readonly xero: XeroReference },
): readonly string[] {
  const category = categoryOf(mapping.xero)
  if (category === null) return []
  const all = at.mappings.filter(isTracking)
  const isKnown = at.xero.trackingCategories === undefined || activeCategory(category, at.xero) !== undefined
  return [
    ...(mapping.direction === 'zohoToXero'
      ? []
      : ['tracking goes to Xero only, on the lines that Tandem makes: give it the direction zohoToXero']),
    ...(isKnown ? [] : [unknownCategory(category, at.xero)]),
    ...(all.length > MOST_PER_LINE
      ? [`Xero takes ${MOST_PER_LINE} tracking categories on a line, this mapping has ${all.length}`]
      : []),
  ]
}

function unknownCategory(category: string, xero: XeroReference): string {
  const known = activeCategories(xero).map(({ name }) => name)
  return `Xero has no active tracking category "${category}". It has: ${listed(known)}`
}

function activeCategories({ trackingCategories = [] }: XeroReference): readonly XeroTrackingCategory[] {
  return trackingCategories.filter(({ status }) => status === 'ACTIVE')
}

function activeCategory(name: string, xero: XeroReference): XeroTrackingCategory | undefined {
  const active = activeCategories(xero)
  return active.find((one) => one.name === name) ?? active.find((one) => isSame(one.name, name))
}

function isSame(left: string, right: string): boolean {
  return left.trim().toLowerCase() === right.trim().toLowerCase()
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ')
}
