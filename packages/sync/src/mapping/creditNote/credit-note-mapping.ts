import type { SkipReason } from '../../model/plan.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { ValueObject } from '../../model/value.ts'
import { decodeEntities, tidy } from '../clean-text.ts'
import type { KindMapping } from '../contract.ts'
import { objectAt, textAt } from '../record-fields.ts'
import { withOverrides } from '../rule.ts'
import { skipByLife } from '../verdicts.ts'
import { checkCreditNote, creditNoteLock, creditNoteQuestions } from './credit-note-checks.ts'
import { creditNoteExtras } from './credit-note-create.ts'
import { creditNoteFields } from './credit-note-fields.ts'
import {
  creditNoteChildren,
  creditNoteLookups,
  creditNoteMatchKeys,
  creditNoteParents,
  creditNoteReference,
  creditNoteSuggestKeys,
  formerRefunds,
} from './credit-note-keys.ts'

/**
 * Sales credit notes of Xero and the records of the CRM's own module, both ways (R38a). The module has no lines: what is
 * typed there becomes a draft of one line, and what it is allocated to are records of the payments.
 */
export function creditNoteMapping(settings: ConnectionSettings): KindMapping {
  return {
    kind: 'creditNote',
    fields: withOverrides('creditNote', creditNoteFields(settings), settings),
    lines: null,
    persons: null,
    skip,
    crossReference: creditNoteReference,
    saysWhatWasSent,
    matchKeys: creditNoteMatchKeys,
    suggestKeys: creditNoteSuggestKeys,
    lookups: creditNoteLookups,
    asks: creditNoteQuestions,
    parents: creditNoteParents,
    children: creditNoteChildren,
    formerChildren: formerRefunds,
    title,
    createExtras: creditNoteExtras,
    mayWrite: creditNoteLock,
    check: checkCreditNote,
  }
}

function skip(record: RemoteRecord): SkipReason | null {
  const byLife = skipByLife(record)
  if (byLife !== null || record.side === 'zoho') return byLife
  if (textAt(record.fields, 'Type') !== 'ACCRECCREDIT') return 'notASale'
  return ['DELETED', 'VOIDED'].includes(textAt(record.fields, 'Status')) ? 'cancelled' : null
}

/** Xero's note cannot say whose it is: it says what we have sent, or somebody else took the number. */
function saysWhatWasSent(sent: ValueObject, { fields }: RemoteRecord): boolean {
  const contactOf = (note: ValueObject) => textAt(objectAt(note, 'Contact'), 'ContactID').toLowerCase()
  return (
    textAt(fields, 'Type') === 'ACCRECCREDIT' &&
    textAt(sent, 'CreditNoteNumber') === textAt(fields, 'CreditNoteNumber') &&
    textAt(sent, 'Date') === textAt(fields, 'Date') &&
    contactOf(sent) === contactOf(fields)
  )
}

function title({ side, fields }: RemoteRecord): string {
  const names = side === 'zoho' ? ['Name'] : ['CreditNoteNumber', 'Reference']
  return names.map((name) => tidy(decodeEntities(textAt(fields, name)))).find((text) => text !== '') ?? ''
}
