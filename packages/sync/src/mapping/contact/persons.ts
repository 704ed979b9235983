import type { RemoteRecord } from '../../model/record.ts'
import { isValueList, type Value, type ValueObject } from '../../model/value.ts'
import { decodeEntities, tidy } from '../clean-text.ts'
import {
  type CreateExtras,
  type FieldRule,
  holdFor,
  type JoinedValues,
  type LinkContext,
  type Mapped,
  mapped,
  type PersonRules,
  type PersonValue,
  type SideView,
} from '../contract.ts'
import { fitting, zohoLength } from '../limits.ts'
import { asRows, isTicked, lookupIdAt, rowsAt, textAt, textsOf } from '../record-fields.ts'
import { blankToNull, fieldRule } from '../rule.ts'
import { cleanEmail, EMAIL_LENGTH, judgeEmail } from './person-fields.ts'
import { FIRST_NAME_LENGTH, LAST_NAME_LENGTH, lastNameOf, lastNameStandIn } from './person-name.ts'

const PERSON_KEYS = ['firstName', 'lastName', 'email'] as const
type Person = Readonly<Record<(typeof PERSON_KEYS)[number], string>>

/** Xero's limit (xero.md 4.1). */
const MAX_PERSONS = 5

/**
 * All persons but the primary <-> ContactPersons. The list is kept in one order of our own, by mailbox and name: neither
 * side's order means anything, and following it would move names between people.
 */
export function personsRule(): FieldRule {
  return fieldRule({
    field: 'persons',
    label: { zoho: 'Other Contacts of the Account', xero: 'Additional people' },
    policy: 'newest',
    // A list: taking the last of several people away empties it, as taking the others away shortened it.
    blankErases: true,
    join: joinPersons,
    zoho: {
      role: 'person',
      read: (view) => (view.main === null ? null : inOrder(view.persons.map(zohoPerson))),
      accept: (other, context) => acceptOnZoho(personsOf(other), context),
      // Each person is a record of its own: PersonRules writes them.
      write: () => ({}),
    },
    xero: {
      role: 'main',
      read: (view) => (view.main === null ? null : inOrder(rowsAt(view.main.fields, 'ContactPersons').map(xeroPerson))),
      accept: (other) => acceptOnXero(personsOf(other)),
      write: (value, view) => ({ ContactPersons: xeroRows(personsOf(value), view) }),
    },
  })
}

/**
 * Everybody whom either side has, but for those who have gone from the CRM since both agreed. Nobody is taken away from
 * the CRM (deletes are off), and whoever was added on one side is not lost to an addition on the other.
 */
function joinPersons({ zoho, xero, base, winner }: JoinedValues): Value {
  const known = base === null ? null : personsOf(base)
  const left = [...personsOf(xero)]
  const joined = personsOf(zoho).map((person) => {
    const at = left.findIndex((other) => isSamePerson(person, other))
    const other = at < 0 ? undefined : left.splice(at, 1)[0]
    if (other === undefined) return person
    const before = known?.find((candidate) => isSamePerson(candidate, person))
    if (before !== undefined && isSaid(before, other)) return person
    if (before !== undefined && isSaid(before, person)) return other
    return winner === 'zoho' ? person : other
  })
  const added = left.filter((person) => known === null || !known.some((one) => isSamePerson(one, person)))
  return inOrder([...joined, ...added])
}

function isSaid(left: Person, right: Person): boolean {
  return PERSON_KEYS.every((key) => left[key] === right[key])
}

/** Zoho Contacts as persons of an Account. */
export const personRules: PersonRules = {
  collection: 'Contacts',
  companyOf(record) {
    const id = lookupIdAt(record.fields, 'Account_Name')
    return id === '' ? null : id
  },
  isTicked: (record, { settings }) =>
    settings.provisioned.primaryContact !== '' && isTicked(record.fields, settings.provisioned.primaryContact),
  hasEmail: (record) => textAt(record.fields, 'Email').trim() !== '',
  parse: personsOf,
  without: (persons, record) => inOrder(personsOf(persons).filter((person) => !isSaid(person, zohoPerson(record)))),
  inOrder: (persons) => inOrder(personsOf(persons)),
  isSame: (record, person) => isSamePerson(zohoPerson(record), person),
  patch(record, person) {
    const present = zohoFields(zohoPerson(record))
    const changed = Object.entries(zohoFields(person)).filter(([key, value]) => present[key] !== value)
    return changed.length === 0 ? null : Object.fromEntries(changed)
  },
  create,
}

/** A changed name keeps its mailbox, a changed mailbox its name; whoever shares neither is somebody else. */
function isSamePerson(left: Person, right: Person): boolean {
  if (left.email !== '' && left.email === right.email) return true
  return nameKey(left) !== '' && nameKey(left) === nameKey(right)
}

function create(
  person: PersonValue,
  at: { readonly accountId: string; readonly xeroContactId: string; readonly fields: ValueObject | null },
  { settings }: LinkContext,
): CreateExtras {
  const { primaryContact, xeroId } = settings.provisioned
  const field = xeroId.Contacts ?? ''
  const key = `${at.xeroContactId}#${personPrint(person)}`
  return {
    payload: {
      ...zohoFields(person),
      ...at.fields,
      ...(at.fields === null || primaryContact === '' ? {} : { [primaryContact]: true }),
      Account_Name: { id: at.accountId },
      ...(field === '' ? {} : { [field]: key }),
    },
    naturalKey: field === '' ? { field: 'Email', value: person.email } : { field, value: key },
  }
}

function zohoFields({ firstName, lastName, email }: PersonValue): ValueObject {
  return {
    First_Name: blankToNull(firstName),
    Last_Name: lastName === '' ? lastNameStandIn(firstName, email) : lastName,
    Email: blankToNull(email),
  }
}

/** Eight characters that tell the persons of one company apart: FNV-1a, 32 bits. With a Xero id it fits 50 characters. */
function personPrint({ firstName, lastName, email }: PersonValue): string {
  let hash = 0x811c9dc5
  for (const character of `${email}\n${lastName}\n${firstName}`.toLowerCase()) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  }
  return (hash >>> 0).toString(16).padStart(8, '0')
}

/** Keeps Xero's order and each person's IncludeInEmails; the array is replaced as a whole (xero.md 4.1). */
function xeroRows(wanted: readonly Person[], view: SideView): readonly ValueObject[] {
  const present = rowsAt(view.main?.fields, 'ContactPersons')
  const rows = wanted.map((person) => {
    const at = present.findIndex((row) => isSamePerson(xeroPerson(row), person))
    return { at: at < 0 ? present.length : at, row: xeroRow(person, present[at]) }
  })
  return rows.sort((left, right) => left.at - right.at).map(({ row }) => row)
}

function xeroRow(person: Person, present: ValueObject | undefined): ValueObject {
  const includes = present?.IncludeInEmails
  return {
    FirstName: person.firstName,
    LastName: person.lastName,
    EmailAddress: person.email,
    ...(typeof includes === 'boolean' ? { IncludeInEmails: includes } : {}),
  }
}

function acceptOnXero(persons: readonly Person[]): Mapped<Value> {
  if (persons.length > MAX_PERSONS) {
    return holdFor('tooManyPersons', `Xero takes ${MAX_PERSONS} additional people, this company has ${persons.length}`)
  }
  for (const person of persons) {
    const judged = judgeEmail(person.email)
    if (judged.type === 'hold') return judged
    for (const key of PERSON_KEYS) {
      const fits = fitting(person[key], 255, `Xero ContactPersons ${key}`)
      if (fits.type === 'hold') return fits
    }
  }
  return mapped(inOrder(persons))
}

const ZOHO_LIMITS = {
  firstName: { module: 'Contacts', key: 'First_Name', length: FIRST_NAME_LENGTH },
  lastName: { module: 'Contacts', key: 'Last_Name', length: LAST_NAME_LENGTH },
  email: { module: 'Contacts', key: 'Email', length: EMAIL_LENGTH },
} as const

function acceptOnZoho(persons: readonly Person[], context: LinkContext): Mapped<Value> {
  for (const person of persons) {
    for (const key of PERSON_KEYS) {
      const limit = ZOHO_LIMITS[key]
      const fits = fitting(person[key], zohoLength(limit, context.reference), `Zoho Contacts ${limit.key}`)
      if (fits.type === 'hold') return fits
    }
  }
  return mapped(inOrder(persons))
}

function zohoPerson({ fields }: RemoteRecord): Person {
  return {
    firstName: tidy(textAt(fields, 'First_Name')),
    lastName: lastNameOf(fields),
    email: cleanEmail(textAt(fields, 'Email')),
  }
}

function xeroPerson(row: ValueObject): Person {
  return {
    firstName: tidy(decodeEntities(textAt(row, 'FirstName'))),
    lastName: tidy(decodeEntities(textAt(row, 'LastName'))),
    email: cleanEmail(textAt(row, 'EmailAddress')),
  }
}

function inOrder(persons: readonly Person[]): readonly Person[] {
  return persons
    .filter((person) => person.email !== '' || nameKey(person) !== '')
    .map((person) => ({ person, key: `${person.email}\n${person.lastName}\n${person.firstName}` }))
    .sort((left, right) => (left.key < right.key ? -1 : Number(left.key > right.key)))
    .map(({ person }) => person)
}

function personsOf(value: Value): readonly Person[] {
  return isValueList(value) ? asRows(value).map((row) => textsOf(row, PERSON_KEYS)) : []
}

function nameKey({ firstName, lastName }: Person): string {
  return `${firstName} ${lastName}`.trim().toLowerCase()
}
