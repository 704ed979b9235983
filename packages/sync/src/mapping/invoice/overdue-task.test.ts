import { describe, expect, test } from 'vitest'
import type { ValueObject } from '../../model/value.ts'
import type { TaskRules } from '../contract.ts'
import { mappingFor } from '../index.ts'
import { contextOf, REFERENCE, recordOf, SETTINGS, zohoFieldOf } from '../testing.ts'

const { provisioned } = SETTINGS
const XERO_ID = { ...provisioned.xeroId, Tasks: 'Xero_Reminder' }
const ON = {
  ...SETTINGS,
  overdueTasks: { isOn: true, since: '2026-11-01' },
  provisioned: { ...provisioned, xeroId: XERO_ID },
}
const LATE = { Status: 'AUTHORISED', AmountDue: '1234.5', AmountPaid: '0', AmountCredited: '0', DueDate: '2026-11-20' }
const books = (fields: ValueObject = {}) =>
  recordOf('xero', 'Invoices', { InvoiceNumber: 'INV-7', CurrencyCode: 'AUD', ...LATE, ...fields })
const crm = recordOf('zoho', 'Invoices', { Owner: { id: '77', name: 'Sally' } }, '4200')

function rules(settings = ON): TaskRules {
  const { tasks } = mappingFor('invoice', settings)
  if (tasks === undefined) throw new Error('No tasks')
  return tasks
}
/** The organisation's own list of words. */
function wordsOf(...picklist: string[]) {
  const fields = { ...REFERENCE.zoho.fields, Tasks: [zohoFieldOf('Status', { picklist })] }
  return contextOf(ON, { ...REFERENCE, zoho: { ...REFERENCE.zoho, fields } })
}
const sent = (context = contextOf(ON)) =>
  Object.assign(
    {},
    ...rules()
      .told({ zoho: crm, xero: books() }, context)
      .map(({ payload }) => payload),
  )

// Catches: tasks where nobody wants them, a day early, or about what was late before anybody wanted them.
describe('a task', () => {
  test('is none where that is switched off, or where nothing would find it again', () => {
    expect(mappingFor('invoice', { ...ON, overdueTasks: { isOn: false, since: '' } }).tasks).toBeUndefined()
    expect(mappingFor('invoice', { ...ON, provisioned }).tasks).toBeUndefined()
    expect(mappingFor('quote', ON).tasks).toBeUndefined()
  })
  test.each([
    [{}, true],
    [{ DueDate: '2026-11-21' }, false],
    [{ DueDate: '2026-11-01' }, true],
    [{ DueDate: '2026-10-31' }, false],
    [{ DueDate: '' }, false],
    [{ Status: 'DRAFT' }, false],
    [{ Status: 'PAID', AmountDue: '0' }, false],
    [{ AmountDue: '0', AmountCredited: '1234.5' }, false],
    [{ AmountDue: '' }, false],
  ])('about %o on 21 November is due: %s', (fields, isDue) => {
    expect(rules().isDue(books(fields), contextOf(ON))).toBe(isDue)
  })
  test.each([
    [{}, false],
    [{ AmountDue: '' }, false],
    [{ Status: 'DRAFT' }, false],
    [{ Status: 'PAID', AmountDue: '0' }, true],
    [{ AmountDue: '0', AmountCredited: '1234.5' }, true],
    [{ Status: 'VOIDED', AmountDue: '0' }, true],
    [{ Status: 'DELETED' }, true],
  ])('about %o is over: %s', (fields, isOver) => {
    expect(rules().isOver(books(fields))).toBe(isOver)
  })
  test('says number, amount and day, and belongs to whoever owns the invoice', () => {
    expect(sent()).toEqual({
      Subject: 'Overdue: INV-7, 1234.50 AUD due',
      Due_Date: '2026-11-21',
      Status: 'Not Started',
      Owner: { id: '77' },
      What_Id: { id: '4200' },
      $se_module: 'Invoices',
    })
  })
  test('of an invoice that shows no owner is left to Zoho', () => {
    const told = rules().told({ zoho: recordOf('zoho', 'Invoices', {}, '4200'), xero: books() }, contextOf(ON))
    expect(told.some(({ payload }) => 'Owner' in payload)).toBe(false)
  })
  test('is looked for by link and due date: another date is another task', () => {
    expect(rules().lookup('L1', '2026-11-20').key).toEqual({ field: 'Xero_Reminder', value: 'L1/2026-11-20' })
    expect(rules().lookup('L1', '2026-11-30').key.value).not.toBe(rules().lookup('L1', '2026-11-20').key.value)
  })
  // Catches: every task refused in an organisation whose admin has renamed the words, or one closed with a word it lacks.
  test('takes only words that the organisation has', () => {
    expect(sent(wordsOf('Open', 'Done'))).not.toHaveProperty('Status')
    expect(rules().completion(wordsOf('Open', 'Done'))).toBeNull()
    expect(sent(wordsOf('Not Started', 'Completed'))).toHaveProperty('Status', 'Not Started')
    expect(rules().completion(wordsOf('Not Started', 'Completed'))?.payload).toEqual({ Status: 'Completed' })
  })
  test('shows what was written, as Zoho reads back', () => {
    const fields = { ...sent(), Owner: { id: '77', name: 'Sally' }, What_Id: { id: '4200', name: 'Of March' } }
    const task = recordOf('zoho', 'Tasks', fields)
    const shown = Object.fromEntries(
      rules()
        .shown(task)
        .map(({ field, value }) => [field, value]),
    )
    const told = rules().told({ zoho: crm, xero: books() }, contextOf(ON))
    expect(shown).toEqual(Object.fromEntries(told.map(({ field, value }) => [field, value])))
    expect([rules().isOpen(task), rules().isOpen(recordOf('zoho', 'Tasks', { Status: 'Completed' }))]).toEqual([
      true,
      false,
    ])
  })
})
