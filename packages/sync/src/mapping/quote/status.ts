import type { RemoteRecord } from '../../model/record.ts'
import type { QuoteStatusMap, XeroQuoteStatus } from '../../model/settings.ts'
import type { Side } from '../../model/side.ts'
import type { Value } from '../../model/value.ts'
import { type FieldRule, holdFor, type Mapped, mapped, type Step } from '../contract.ts'
import { zohoField } from '../limits.ts'
import { asText, textAt } from '../record-fields.ts'
import { fieldRule } from '../rule.ts'
import { locked } from '../verdicts.ts'

/** Only contact details and notes of these can be edited in Xero (xero.md 4.4): what they say stands. */
const CLOSED: ReadonlySet<string> = new Set<XeroQuoteStatus>(['ACCEPTED', 'DECLINED', 'INVOICED', 'DELETED'])

/** The CRM's stage goes to Xero by allowed steps; what the customer or a bookkeeper decides there comes back (R32). */
export function quoteStatusRule(map: QuoteStatusMap): FieldRule {
  return fieldRule({
    field: 'status',
    label: { zoho: 'Quote Stage', xero: 'Status' },
    policy: 'xero',
    zoho: {
      role: 'main',
      read: (view) => (view.main === null ? null : textAt(view.main.fields, 'Quote_Stage')),
      accept: (other, { reference }) =>
        stageFor(asText(other), { map, choices: zohoField(reference, 'Quotes', 'Quote_Stage')?.picklist ?? [] }),
      write: (value) => ({ Quote_Stage: value }),
    },
    xero: {
      role: 'main',
      read: (view) => (view.main === null ? null : quoteStatus(view.main)),
      accept: (other) => statusFor(asText(other), map),
      write: (value) => ({ Status: value }),
      step: (wanted, present) => nextStatus(asText(wanted), present),
    },
    corresponds: (stage, status) => isSameStatus(asText(stage), asText(status), map),
    winner: (_stage, status): Side => (CLOSED.has(asText(status)) ? 'xero' : 'zoho'),
  })
}

export function quoteStatus({ fields }: RemoteRecord): string {
  return textAt(fields, 'Status').toUpperCase()
}

/** Whoever invoices it in Xero sets this; nothing there says which invoice came of it (xero.md 4.4). */
export function isInvoiced(quote: RemoteRecord): boolean {
  return quoteStatus(quote) === 'INVOICED'
}

/** Stages in which the CRM says that the customer has agreed. */
export function agreedStages({ toXero }: QuoteStatusMap): readonly string[] {
  return Object.keys(toXero).filter((stage) => toXero[stage] === 'ACCEPTED')
}

export function isClosed(status: string): boolean {
  return CLOSED.has(status)
}

/** Stages that nobody has told us of are left as they are. */
export function isKnownStage(stage: string, { toXero, toZoho }: QuoteStatusMap): boolean {
  return stage === '' || Object.hasOwn(toXero, stage) || Object.values(toZoho).includes(stage)
}

function isSameStatus(stage: string, status: string, map: QuoteStatusMap): boolean {
  return stage !== '' && (wanted(stage, map) === status || shown(status, map) === stage)
}

function wanted(stage: string, { toXero }: QuoteStatusMap): string | undefined {
  return Object.hasOwn(toXero, stage) ? toXero[stage] : undefined
}

function shown(status: string, { toZoho }: QuoteStatusMap): string | undefined {
  return Object.entries(toZoho).find(([name]) => name === status)?.[1]
}

/** A quote without a stage is a draft. */
function statusFor(stage: string, map: QuoteStatusMap): Mapped<Value> {
  const status = stage === '' ? 'DRAFT' : wanted(stage, map)
  return status === undefined
    ? holdFor('unmappedStatus', `No Xero status is chosen for the quote stage "${stage}" (quoteStatusMap)`)
    : mapped(status)
}

function stageFor(
  status: string,
  at: { readonly map: QuoteStatusMap; readonly choices: readonly string[] },
): Mapped<Value> {
  const stage = shown(status, at.map)
  if (stage === undefined) {
    const why = status === 'DELETED' ? 'The quote was deleted in Xero, and no' : 'No'
    return holdFor('unmappedStatus', `${why} quote stage is chosen for ${status} of Xero (quoteStatusMap)`)
  }
  if (at.choices.length === 0 || at.choices.includes(stage)) return mapped(stage)
  return holdFor('unmappedStatus', `Zoho's Quote Stage has no value ${stage} any more`)
}

/**
 * DRAFT, SENT, then ACCEPTED or DECLINED: no step can be left out (xero.md 4.4), and a new quote begins as a draft,
 * because nobody has seen Xero take another one. What is closed in Xero is opened again by a person, in Xero.
 */
function nextStatus(wanted: string, present: Value): Step {
  if (present === null || present === '') return { type: 'step', value: 'DRAFT' }
  const from = asText(present)
  if (from === 'DRAFT' && wanted !== 'DRAFT') return { type: 'step', value: 'SENT' }
  if (from === 'SENT' && (wanted === 'ACCEPTED' || wanted === 'DECLINED')) return { type: 'step', value: wanted }
  if (from === wanted) return { type: 'step', value: wanted }
  return isClosed(from)
    ? locked(
        'quoteLocked',
        `In Xero the quote is ${from}, so it cannot become ${wanted} from Zoho CRM: ${WAYS_FORWARD}`,
      )
    : locked(
        'statusNotAllowed',
        `Xero cannot take a quote that was sent back to ${wanted}: set the stage back in Zoho CRM`,
      )
}

export const WAYS_FORWARD = 'set it back to sent in Xero, take the change back in Zoho CRM, or write a new quote there'
