import type { Kind } from '../../model/kind.ts'
import type { FieldMapping } from '../../model/mapping-document.ts'
import type { ReferenceData, XeroReference, XeroTrackingCategory } from '../../model/reference.ts'
import { holdFor, type Mapped, mapped } from '../contract.ts'

/** `Tracking.Region`: the option that each line of ours has in Xero's tracking category of that name (xero.md 4.3). */
const PREFIX = 'Tracking.'
/** Of an option's name (xero.md 4.10). */
export const OPTION_LENGTH = 100
/** Xero takes no more on a line (xero.md 4.3). */
const MOST_PER_LINE = 2

/** Quotes know options by their ids only (xero.md 4.4), and have no mapped fields yet. */
export function tracks(kind: Kind): boolean {
  return kind === 'invoice'
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

/**
 * Xero's own spelling of an option, whatever the case it was typed in; one that it does not have, or not any more, is
 * held with those that it has. Passed on unjudged where the categories were never read.
 */
export function judgeOption(category: string): (text: string, reference: ReferenceData) => Mapped<string> {
  return (text, { xero }) => {
    if (text === '' || xero.trackingCategories === undefined) return mapped(text)
    const found = activeCategory(category, xero)
    if (found === undefined) return holdFor('valueNotAllowed', unknownCategory(category, xero))
    const options = found.options.filter(({ status }) => status === 'ACTIVE').map(({ name }) => name)
    const option = options.find((name) => name === text) ?? options.find((name) => isSame(name, text))
    if (option !== undefined) return mapped(option)
    return holdFor(
      'valueNotAllowed',
      `Xero's tracking category ${found.name} has no option "${text}". It has: ${listed(options)}`,
    )
  }
}

/** What Xero calls this category; the path's own word where the categories were never read. */
export function categoryName(category: string, xero: XeroReference): string {
  return activeCategory(category, xero)?.name ?? category
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
