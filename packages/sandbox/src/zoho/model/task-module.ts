import type { Field } from './field.ts'
import type { FieldSpec } from './field-spec.ts'
import { lookup, pick, plain, text } from './field-spec.ts'
import { type StoredRecord, textOf } from './record.ts'

export const TASK_STATUSES = ['Not Started', 'Deferred', 'In Progress', 'Completed', 'Waiting for input']

/**
 * Tasks (zoho-crm.md 5; field list of the SDK): `What_Id` names a record of the module that `$se_module` says, `Who_Id`
 * a contact. A subject is all that is mandatory.
 */
export const TASK_FIELDS: readonly FieldSpec[] = [
  text('Subject', 255, { mandatory: true }),
  plain('Due_Date', 'date'),
  pick('Status', ...TASK_STATUSES),
  pick('Priority', 'High', 'Highest', 'Low', 'Lowest', 'Normal'),
  lookup('Who_Id', 'Contacts'),
  plain('What_Id', 'lookup'),
  plain('Closed_Time', 'datetime', { readOnly: true }),
  plain('Send_Notification_Email', 'boolean'),
  plain('Description', 'textarea'),
]

/** Stands beside the fields, and is none. */
export const RELATED_MODULE = '$se_module'

/** `What_Id` is a lookup into whichever module the record names. */
export function boundField(field: Field, relatedModule: unknown): Field {
  const isOpen = field.kind === 'lookup' && field.lookup === undefined
  return isOpen && typeof relatedModule === 'string' && relatedModule !== ''
    ? { ...field, lookup: relatedModule }
    : field
}

/** The same of a stored record. */
export function fieldOfRecord(field: Field, record: StoredRecord): Field {
  return boundField(field, textOf(record.values[RELATED_MODULE]))
}
