import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusalOf } from './messages.ts'
import { pairRows } from './pairing.ts'
import { shapeOf } from './shapes.ts'
import { outcomeOf, ZERO_GUID } from './verdict.ts'

const contacts = shapeOf('Contacts')
const STAMP = '/Date(1791256520123+0000)/'

describe('outcomeOf', () => {
  it('judges an element by itself: HTTP 200 and Status OK say nothing about it', () => {
    const refused = {
      ContactID: ZERO_GUID,
      StatusAttributeString: 'ERROR',
      ValidationErrors: [{ Message: 'Email address must be valid.' }],
    }
    expect(outcomeOf(contacts, refused)).toEqual({
      type: 'refused',
      code: 'emailNotValid',
      message: 'Email address must be valid.',
    })
  })

  it("takes the zero GUID for a failure even without a word about it: it is nobody's id", () => {
    expect(outcomeOf(contacts, { ContactID: ZERO_GUID, Name: 'x' })).toMatchObject({
      type: 'refused',
      code: 'contentRefused',
    })
  })

  it('keeps a saved row ok when its content cannot be read: repeating the create would duplicate it', () => {
    expect(outcomeOf(contacts, { ContactID: 'id-1' })).toMatchObject({
      type: 'ok',
      remoteId: 'id-1',
      record: null,
      version: null,
    })
  })

  it('keeps warnings and reads messages called Description', () => {
    const saved = {
      ContactID: 'id-1',
      Name: 'N',
      UpdatedDateUTC: STAMP,
      StatusAttributeString: 'WARNING',
      Warnings: [{ Message: 'w' }],
    }
    expect(outcomeOf(contacts, saved)).toMatchObject({
      type: 'ok',
      warnings: ['w'],
      version: '2026-10-06T03:15:20.123Z',
    })
    const old = { ContactID: 'id-1', HasErrors: true, ValidationErrors: [{ Description: 'old style' }] }
    expect(outcomeOf(contacts, old)).toMatchObject({ type: 'refused', message: 'old style' })
  })

  it('finds the reason inside a line', () => {
    const invoice = {
      InvoiceID: ZERO_GUID,
      HasErrors: true,
      LineItems: [{ ValidationErrors: [{ Message: "Account code '999' is not a valid code for this document." }] }],
    }
    expect(outcomeOf(shapeOf('Invoices'), invoice)).toMatchObject({ code: 'accountNotValid' })
  })
})

describe('refusalOf', () => {
  it('knows the catalogue of xero.md 5.4: each text has its own way out for a person', () => {
    const meaning = (message: string) => {
      const outcome = refusalOf([message])
      return outcome.type === 'duplicate'
        ? `duplicate ${outcome.field}`
        : 'code' in outcome
          ? outcome.code
          : outcome.type
    }
    const catalogue: Readonly<Record<string, string>> = {
      'The contact name A is already assigned to another contact. The contact name must be unique across all active contacts.':
        'duplicate Name',
      'Another contact has this contact number. Please enter a different contact number.': 'duplicate ContactNumber',
      'Invoice # must be unique.': 'duplicate InvoiceNumber',
      "Price List Item with Code 'ABC' already exists": 'duplicate Code',
      'The specified contact details matched an archived contact. Archived contacts cannot currently be edited via the API.':
        'recordArchived',
      'The document date cannot be before the period lock date, currently set at 31 August 2026': 'lockDate',
      'This document cannot be edited as it has a payment or credit note allocated to it.': 'documentHasPayments',
      'The status DRAFT cannot be applied to the invoice because it has payments or credit notes allocated to it.':
        'documentHasPayments',
      'Invoice not of valid status for modification': 'statusNotAllowed',
      "Account code '999' is not a valid code for this document.": 'accountNotValid',
      'Account could not be found': 'accountNotValid',
      "The TaxType code 'INPUT' cannot be used with account code '200'.": 'taxNotValid',
      'Tax rate must be Active': 'taxNotValid',
      'Organisation is not subscribed to currency EUR': 'currencyNotEnabled',
      'The document DueDate field must be specified.': 'requiredValueMissing',
      'A Contact must be specified for this type of transaction': 'requiredValueMissing',
      'The Contact must contain at least 1 of the following elements to identify the contact: Name, ContactID, ContactNumber':
        'requiredValueMissing',
      'An existing Contact with the specified ContactID could not be found: x': 'recordGone',
      'Something that Xero says for the first time': 'contentRefused',
    }
    expect(Object.fromEntries(Object.keys(catalogue).map((message) => [message, meaning(message)]))).toEqual(catalogue)
  })

  it('keeps every word of Xero', () => {
    expect(refusalOf(['One thing.', 'Email address must be valid.'])).toEqual({
      type: 'refused',
      code: 'emailNotValid',
      message: 'One thing. Email address must be valid.',
    })
  })
})

describe('pairRows', () => {
  it("pairs every row with its own element in any order of the answer, and never with a stranger's", () => {
    const rows = fc.uniqueArray(fc.record({ key: fc.string({ minLength: 1, maxLength: 4 }), isUpdate: fc.boolean() }), {
      selector: (row) => row.key,
      maxLength: 8,
    })
    fc.assert(
      fc.property(
        rows.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list.map((_, index) => index)))),
        ([list, order]) => {
          const idOf = (index: number) => `id-${index}`
          const requested = list.map((row, index) => ({
            ...(row.isUpdate ? { ContactID: idOf(index).toUpperCase() } : {}),
            ContactNumber: row.key,
          }))
          const answered = order.map((index) => ({ ContactID: idOf(index), ContactNumber: list[index]?.key ?? '' }))
          const pairs = pairRows(contacts, requested, answered)
          pairs.forEach((element, index) => {
            const expected = order.includes(index)
              ? { ContactID: idOf(index), ContactNumber: list[index]?.key }
              : undefined
            expect(element).toEqual(expected)
          })
        },
      ),
    )
  })

  it('uses the place only when the counts agree and nothing contradicts it', () => {
    const [first, second] = [
      { ContactID: 'a', Name: 'A' },
      { ContactID: 'b', Name: 'B' },
    ]
    expect(pairRows(contacts, [{ Name: 'A' }, { Name: 'B' }], [first, second])).toEqual([first, second])
    expect(pairRows(contacts, [{ Name: 'A' }, { Name: 'B' }], [second])).toEqual([undefined, undefined])
    expect(pairRows(contacts, [{ ContactNumber: 'X' }], [{ ContactID: 'a', ContactNumber: 'Y' }])).toEqual([undefined])
    expect(pairRows(contacts, [{ ContactID: 'a' }], [second])).toEqual([undefined])
  })

  it('follows an update that changes the number it is known by', () => {
    const renamed = { ContactID: 'a', ContactNumber: 'new' }
    expect(pairRows(contacts, [{ ContactID: 'A', ContactNumber: 'new' }], [renamed])).toEqual([renamed])
  })
})
