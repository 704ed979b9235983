import type { ConnectionSettings } from '../../model/settings.ts'
import { tidy } from '../clean-text.ts'
import type { FieldRule, SideField } from '../contract.ts'
import { textAt } from '../record-fields.ts'
import { fieldRule, readOnlySide, xeroText, zohoText } from '../rule.ts'
import { ownNumber } from './numbering.ts'

const REFERENCE = { key: 'Reference', length: 255 } as const

/** Does the CRM's number stand in Xero's Reference (R30)? With both numbers kept it must, to be found there (R31a). */
export function hasNumberInReference({ invoice }: Pick<ConnectionSettings, 'invoice'>): boolean {
  return invoice.numberInReference || invoice.numbering === 'both'
}

/** What Xero's Reference has to do with the CRM: the Subject both ways, or the CRM's number once. */
export function referenceRules(settings: ConnectionSettings): readonly FieldRule[] {
  return hasNumberInReference(settings) ? [firstSubjectRule(), numberReferenceRule(settings)] : [subjectRule()]
}

/** Subject <-> Reference; Xero shows the number where nobody typed a reference. */
function subjectRule(): FieldRule {
  return fieldRule({
    field: 'subject',
    label: { zoho: 'Subject', xero: 'Reference' },
    policy: 'newest',
    zoho: zohoSubject(),
    xero: { ...xeroText(REFERENCE), read: referenceOrNumber },
  })
}

/** The CRM requires a Subject: what comes from Xero gets one when it arrives, and from then on it is the CRM's own. */
function firstSubjectRule(): FieldRule {
  return fieldRule({
    field: 'subject',
    label: { zoho: 'Subject', xero: 'Reference' },
    direction: 'xeroToZoho',
    policy: 'xero',
    zoho: zohoSubject(),
    xero: readOnlySide(referenceOrNumber),
    corresponds: () => true,
  })
}

/** Sent with the create alone: a Reference that a person types in Xero is never written over. */
function numberReferenceRule(settings: ConnectionSettings): FieldRule {
  return fieldRule({
    field: 'reference',
    label: { zoho: 'Invoice Number', xero: 'Reference' },
    direction: 'zohoToXero',
    policy: 'zoho',
    zoho: readOnlySide((view) => (view.main === null ? null : ownNumber(view.main, settings))),
    xero: xeroText(REFERENCE),
    corresponds: () => true,
  })
}

function zohoSubject(): SideField {
  return zohoText({ role: 'main', module: 'Invoices', key: 'Subject', length: 120, clean: tidy })
}

const referenceOrNumber: SideField['read'] = (view, context) => {
  const number = view.main === null ? null : tidy(textAt(view.main.fields, 'InvoiceNumber'))
  return xeroText(REFERENCE).read(view, context) || number
}
