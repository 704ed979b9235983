import { type Collection, KIND_TRAITS } from '../../model/kind.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { Value, ValueObject } from '../../model/value.ts'
import { decodeEntities, tidy } from '../clean-text.ts'
import type { KindMapping, MappingContext, TaskRules, ToldValue } from '../contract.ts'
import { bigOf } from '../decimal.ts'
import { zohoField } from '../limits.ts'
import { plainDate } from '../plain-date.ts'
import { lookupIdAt, textAt } from '../record-fields.ts'
import { paymentState } from './payment-state.ts'
import { xeroStatus } from './status.ts'

const TASKS: Collection = 'Tasks'
const [INVOICES] = KIND_TRAITS.invoice.zoho

/** Zoho's own words; an organisation may have taken them out of its list. */
const OPEN_STATUS = 'Not Started'
const DONE_STATUS = 'Completed'

/** The rules of invoices, with tasks for the owners of those that are overdue; unchanged where that is switched off (R38c). */
export function withOverdueTasks(mapping: KindMapping, settings: ConnectionSettings): KindMapping {
  const { isOn, since } = settings.overdueTasks
  const keyField = settings.provisioned.xeroId[TASKS] ?? ''
  return isOn && keyField !== '' ? { ...mapping, tasks: taskRules({ since, keyField }) } : mapping
}

function taskRules({ since, keyField }: { readonly since: string; readonly keyField: string }): TaskRules {
  return {
    collection: TASKS,
    occasion,
    // What was overdue before this was switched on asks for nobody's attention all at once.
    isDue: (xero, { today }) => paymentState(xero, today) === 'Overdue' && occasion(xero) >= since,
    isOver: (xero) => paymentState(xero, '') === 'Paid' || ['VOIDED', 'DELETED'].includes(xeroStatus(xero)),
    // A due date that is moved, and passes again, is another occasion.
    lookup: (linkId, due) => ({ collection: TASKS, key: { field: keyField, value: `${linkId}/${due}` } }),
    told: ({ zoho, xero }, context) => [
      text('taskSubject', 'Subject', subject(xero)),
      text('taskDueDate', 'Due_Date', context.today),
      ...(hasStatus(OPEN_STATUS, context) ? [text('taskStatus', 'Status', OPEN_STATUS)] : []),
      ...ownerOf(zoho),
      told('taskInvoice', zoho.id, { What_Id: { id: zoho.id }, $se_module: INVOICES }),
    ],
    shown: ({ fields }) => [
      { field: 'taskSubject', value: textAt(fields, 'Subject') },
      { field: 'taskDueDate', value: plainDate(textAt(fields, 'Due_Date')) },
      { field: 'taskStatus', value: textAt(fields, 'Status') },
      { field: 'taskOwner', value: lookupIdAt(fields, 'Owner') },
      { field: 'taskInvoice', value: lookupIdAt(fields, 'What_Id') },
    ],
    isOpen: ({ fields }) => textAt(fields, 'Status') !== DONE_STATUS,
    completion: (context) => (hasStatus(DONE_STATUS, context) ? text('taskStatus', 'Status', DONE_STATUS) : null),
  }
}

function occasion({ fields }: RemoteRecord): string {
  return plainDate(textAt(fields, 'DueDate'))
}

/** `Overdue: INV-0042, 110.00 AUD due`. */
function subject({ fields }: RemoteRecord): string {
  const number = tidy(decodeEntities(textAt(fields, 'InvoiceNumber')))
  const owed = bigOf(textAt(fields, 'AmountDue')).toFixed(2)
  return `Overdue: ${number}, ${`${owed} ${textAt(fields, 'CurrencyCode')}`.trim()} due`
}

/** Whoever owns the invoice; where Zoho shows nobody, whoever connected. */
function ownerOf({ fields }: RemoteRecord): readonly ToldValue[] {
  const id = lookupIdAt(fields, 'Owner')
  return id === '' ? [] : [told('taskOwner', id, { Owner: { id } })]
}

/** Where the list of words is not known, Zoho's own are taken to be there. */
function hasStatus(status: string, { reference }: MappingContext): boolean {
  const words = zohoField(reference, TASKS, 'Status')?.picklist ?? []
  return words.length === 0 || words.includes(status)
}

function told(field: string, value: Value, payload: ValueObject): ToldValue {
  return { field, value, payload }
}

function text(field: string, apiName: string, value: string): ToldValue {
  return told(field, value, { [apiName]: value })
}
