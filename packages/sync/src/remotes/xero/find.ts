import { carrierId } from '../../model/allocation.ts'
import type { Collection } from '../../model/kind.ts'
import { EMAIL_DOMAIN, type NaturalKey, PAYMENT_TOKEN } from '../../model/op.ts'
import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import type { RemoteRecord } from '../../model/record.ts'
import { isValueObject } from '../../model/value.ts'
import { readAllocations, SALES_CREDITS } from './allocations.ts'
import type { XeroClient } from './client.ts'
import { readWhole, typeFilter } from './list.ts'
import { listPath, NEWEST_FIRST, singlePath, whereEquals } from './paths.ts'
import { readAllPages, readSingle } from './read.ts'
import { chunksOf } from './read-many.ts'
import { textOf, type XeroShape } from './shape.ts'
import { BATCH_READ_SIZE, shapeOf } from './shapes.ts'

type Found = RemoteOutcome<readonly RemoteRecord[]>

/** Live and archived records that carry one of these keys, each compared in code (xero.md 2.4: filters ignore accents). */
export async function findByKey(
  client: XeroClient,
  collection: Collection,
  keys: readonly NaturalKey[],
): Promise<Found> {
  if (collection === 'Allocations') return findAllocations(client, keys)
  const shape = shapeOf(collection)
  const found = new Map<string, RemoteRecord>()
  for (const [field, values] of valuesByField(keys)) {
    const answer = await findByField(client, shape, { field, values })
    if (answer.type !== 'ok') return answer
    for (const record of answer.value) {
      const shown = shownIn(record, field)
      if (values.some((value) => sameKey(field, shown, value))) found.set(record.id, record)
    }
  }
  return ok([...found.values()])
}

/** A quote's customer stands one level down. */
function shownIn({ fields }: RemoteRecord, field: string): string {
  if (field !== CUSTOMER) return textOf(fields[SHOWN_IN[field] ?? field])
  const customer = fields.Contact ?? null
  return isValueObject(customer) ? textOf(customer[CUSTOMER]) : ''
}

const CUSTOMER = 'ContactID'

/** Keys that are part of a field's text. */
const SHOWN_IN: Readonly<Record<string, string>> = { [EMAIL_DOMAIN]: 'EmailAddress', [PAYMENT_TOKEN]: 'Reference' }

function valuesByField(keys: readonly NaturalKey[]): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, string[]>()
  for (const { field, value } of keys) {
    const values = fields.get(field) ?? []
    if (value !== '' && !values.includes(value)) fields.set(field, [...values, value])
  }
  return fields
}

interface Lookup {
  readonly field: string
  readonly values: readonly string[]
}

function findByField(client: XeroClient, shape: XeroShape, { field, values }: Lookup): Promise<Found> {
  switch (`${shape.resource}.${field}`) {
    case 'Contacts.ContactNumber':
      return oneByOne(values, (value) => findContactNumber(client, shape, value))
    case 'Contacts.Name':
    case 'Contacts.EmailAddress':
      return oneByOne(values, (value) => filtered(client, shape, filterFor(field, value)))
    case `Contacts.${EMAIL_DOMAIN}`:
      return oneByOne(values, (value) => filtered(client, shape, { searchTerm: `@${value}` }))
    case 'Contacts.TaxNumber':
    case 'Contacts.CompanyNumber':
      return oneByOne(
        chunksOf(values, FORMS_PER_CALL).map((chunk) =>
          chunk.flatMap((value) => whereEquals(field, value) ?? []).join(' OR '),
        ),
        (where) => (where === '' ? Promise.resolve(ok([])) : filtered(client, shape, { where })),
      )
    case `Payments.${PAYMENT_TOKEN}`:
      return findPaymentTokens(client, shape, values)
    case 'Items.Code':
      return findItemCodes(client, shape, values)
    case 'Quotes.QuoteNumber':
      return findQuoteNumbers(client, shape, values)
    case `Quotes.${CUSTOMER}`:
      return oneByOne(values, (value) => filtered(client, shape, { ContactID: value }))
    case 'CreditNotes.CreditNoteNumber':
      return oneByOne(values, (value) => findCreditNotes(client, shape, value))
    case 'Invoices.InvoiceNumber':
      return findInvoiceNumbers(client, shape, values)
    case 'Invoices.Url':
      return findUrls(client, shape, values)
    default:
      throw new Error(`Xero's ${shape.resource} cannot be looked up by ${field}`)
  }
}

async function oneByOne(values: readonly string[], find: (value: string) => Promise<Found>): Promise<Found> {
  const records: RemoteRecord[] = []
  for (const value of values) {
    const answer = await find(value)
    if (answer.type !== 'ok') return answer
    records.push(...answer.value)
  }
  return ok(records)
}

/** Ways of writing numbers in one address; there is no list filter for them, and no index (xero.md 2.4). */
const FORMS_PER_CALL = 20

/**
 * Names and addresses the way Xero holds them unique: whatever the case (xero.md 4.1); codes too, and whether they are
 * one is the mapping's rule. Our own identifiers exactly.
 */
function sameKey(field: string, left: string, right: string): boolean {
  if (field === EMAIL_DOMAIN) return folded(left).endsWith(`@${folded(right)}`)
  if (field === PAYMENT_TOKEN) return left.trimEnd().endsWith(right)
  if (field === 'Code') return folded(left) === folded(right)
  return field === 'Name' || field === 'EmailAddress' ? folded(left) === folded(right) : left === right
}

/** Names can come HTML-escaped (xero.md 7.14). */
function folded(text: string): string {
  const clear = text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
  return clear.normalize('NFC').replaceAll(/\s+/g, ' ').trim().toLowerCase()
}

const purposeOf = (shape: XeroShape) => `${shape.collection}.find`

function single(client: XeroClient, shape: XeroShape, key: string): Promise<Found> {
  return readSingle(client, shape, { path: singlePath(shape, key), purpose: purposeOf(shape) })
}

/** There is no list filter for contact numbers, and a slash in the path is a problem (xero.md 2.4). */
function findContactNumber(client: XeroClient, shape: XeroShape, value: string): Promise<Found> {
  return value.includes('/') ? filtered(client, shape, { searchTerm: value }) : single(client, shape, value)
}

/**
 * One code is one GET, where it is written as Xero has it; several, or one that is written otherwise, cost the whole
 * list, which has no pages. Whether Xero's own look-up minds letter case is not known.
 */
async function findItemCodes(client: XeroClient, shape: XeroShape, values: readonly string[]): Promise<Found> {
  const [only, ...others] = values
  if (only === undefined) return ok([])
  if (others.length > 0 || only.includes('/')) return readWhole(client, shape, 'find')
  const named = await single(client, shape, only)
  return named.type !== 'ok' || named.value.length > 0 ? named : readWhole(client, shape, 'find')
}

/** `where` compares for equality; what it cannot express is searched for, and picked out in code. */
function filterFor(field: string, value: string): Readonly<Record<string, string>> {
  const where = whereEquals(field, value)
  return where === undefined ? { searchTerm: value } : { where }
}

function filtered(client: XeroClient, shape: XeroShape, filters: Readonly<Record<string, string>>): Promise<Found> {
  return readAllPages(client, shape, {
    pathOf: (page) => listPath(shape, page, filters),
    purpose: purposeOf(shape),
    isEnough: () => false,
  })
}

/** Forty of these still fit into an address. */
const LONGEST_LISTED_NUMBER = 50

/** A bill's number is its supplier's, and not unique (xero.md 4.3): what is read is of the one type only. */
async function findInvoiceNumbers(client: XeroClient, shape: XeroShape, values: readonly string[]): Promise<Found> {
  const isListed = (value: string) => !value.includes(',') && value.length <= LONGEST_LISTED_NUMBER
  const listed = values.filter(isListed)
  const answers = await oneByOne(
    chunksOf(listed, BATCH_READ_SIZE).map((chunk) => chunk.join(',')),
    (numbers) => filtered(client, shape, { InvoiceNumbers: numbers }),
  )
  if (answers.type !== 'ok') return answers
  const odd = values.filter((value) => !isListed(value))
  const oddAnswers = await oneByOne(odd, (value) => filtered(client, shape, filterFor('InvoiceNumber', value)))
  if (oddAnswers.type !== 'ok') return oddAnswers
  return ok([...answers.value, ...oddAnswers.value])
}

/** One call a number, since the filter takes one; more numbers than this cost less in a whole list. */
const FEW_NUMBERS = 5

/** The filter matches parts of a number, and there is no other (xero.md 4.4): what is meant is compared in code. */
function findQuoteNumbers(client: XeroClient, shape: XeroShape, values: readonly string[]): Promise<Found> {
  if (values.length <= FEW_NUMBERS) return oneByOne(values, (value) => filtered(client, shape, { QuoteNumber: value }))
  return readAllPages(client, shape, {
    pathOf: (page) => listPath(shape, page, NEWEST_FIRST),
    purpose: purposeOf(shape),
    isEnough: (rows) => values.every((value) => rows.some((row) => row.fields.QuoteNumber === value)),
  })
}

/** Sales credits only: suppliers number theirs as they like. Numbers that no filter can say are asked for in the path. */
async function findCreditNotes(client: XeroClient, shape: XeroShape, value: string): Promise<Found> {
  const where = whereEquals('CreditNoteNumber', value)
  const answer =
    where === undefined
      ? await single(client, shape, value)
      : await filtered(client, shape, { where: `${SALES_CREDITS} AND ${where}` })
  return answer.type === 'ok' ? ok(answer.value.filter((record) => record.fields.Type === 'ACCRECCREDIT')) : answer
}

/** All allocations of these credit notes. */
function findAllocations(client: XeroClient, keys: readonly NaturalKey[]): Promise<Found> {
  const wanted = keys.filter(({ field, value }) => field === 'CreditID' && value !== '')
  if (wanted.length < keys.length) throw new Error("Xero's Allocations are looked up by their credit note alone")
  return readAllocations(client, [...new Set(wanted.map(({ value }) => carrierId({ type: 'creditNote', id: value })))])
}

/** Url cannot be filtered for: our own documents, newest first, until all are found. */
function findUrls(client: XeroClient, shape: XeroShape, values: readonly string[]): Promise<Found> {
  return readAllPages(client, shape, {
    pathOf: (page) => listPath(shape, page, { createdByMyApp: 'true', ...NEWEST_FIRST, ...ownType(shape) }),
    purpose: purposeOf(shape),
    isEnough: (rows) => values.every((value) => rows.some((row) => row.fields.Url === value)),
  })
}

/**
 * The end of a Reference: no filter that Xero answers for large organisations (xero.md 2.4), and the rest of the text may
 * have been changed in the CRM since it was sent. Newest first, until all are found: asked only after a lost answer.
 */
function findPaymentTokens(client: XeroClient, shape: XeroShape, values: readonly string[]): Promise<Found> {
  return readAllPages(client, shape, {
    pathOf: (page) => listPath(shape, page, NEWEST_FIRST),
    purpose: purposeOf(shape),
    isEnough: (rows) => values.every((value) => rows.some((row) => textOf(row.fields.Reference).endsWith(value))),
  })
}

/** Sales are looked for as ever, without a filter. */
function ownType({ collection }: XeroShape): Readonly<Record<string, string>> {
  return collection === 'Bills' ? typeFilter(collection) : {}
}
