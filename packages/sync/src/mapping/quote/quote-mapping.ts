import type { SkipReason } from '../../model/plan.ts'
import type { RemoteRecord } from '../../model/record.ts'
import type { ConnectionSettings } from '../../model/settings.ts'
import type { ValueObject } from '../../model/value.ts'
import { decodeEntities, tidy } from '../clean-text.ts'
import type { KindMapping, SideView } from '../contract.ts'
import { auditInvoice, checkDocument, documentTotal } from '../invoice/check.ts'
import { documentLines } from '../invoice/line-rules.ts'
import { plainDate } from '../plain-date.ts'
import { objectAt, textAt } from '../record-fields.ts'
import type { Removal } from '../removal.ts'
import { withOverrides } from '../rule.ts'
import { GO, skipByLife } from '../verdicts.ts'
import { quoteLock } from './locks.ts'
import { quoteFaults, quoteQuestions } from './preflight.ts'
import { quoteExtras } from './quote-create.ts'
import { quoteFields } from './quote-fields.ts'
import {
  lostQuoteLookups,
  quoteLookups,
  quoteMatchKeys,
  quoteParents,
  quoteReference,
  quoteSuggestKeys,
} from './quote-keys.ts'
import { quoteEnded, quoteRemoval } from './quote-removal.ts'
import { quoteStatus } from './status.ts'

const SUBFORM = 'Quoted_Items'

/**
 * Quotes of the CRM become Xero quotes, line by line as invoices do; accepted, declined and invoiced come back (R32).
 * INVOICED is never set by us: Xero has no link from a quote to its invoice, so whoever makes that invoice says it.
 */
export function quoteMapping(settings: ConnectionSettings): KindMapping {
  const lines = { ...documentLines(settings, SUBFORM), owner: 'zoho' as const }
  return {
    kind: 'quote',
    fields: withOverrides('quote', quoteFields(settings), settings),
    lines,
    persons: null,
    skip,
    crossReference: quoteReference,
    matchKeys: quoteMatchKeys,
    suggestKeys: quoteSuggestKeys,
    lookups: quoteLookups,
    lostLookups: lostQuoteLookups,
    asks: quoteQuestions,
    parents: quoteParents,
    title,
    createExtras: quoteExtras,
    mayWrite: quoteLock,
    repeated,
    // Contact and Date go along with every update of a quote.
    removal: withRepeated,
    ended: quoteEnded,
    saysWhatWasSent,
    // The CRM's own amounts are never touched: a stage reaches it whatever its total.
    check: (intent, context) =>
      intent.target === 'zoho'
        ? GO
        : checkDocument(intent, { rules: lines, subform: SUBFORM, context, faultsOf: quoteFaults }),
    total: documentTotal,
    audit: (zoho, xero) => auditInvoice(zoho, xero),
  }
}

function withRepeated(record: RemoteRecord): Removal {
  const removal = quoteRemoval(record)
  if (removal.type !== 'remove') return removal
  const again = repeated({ side: record.side, main: record, primary: null, persons: [] })
  return { ...removal, payload: { ...again, ...removal.payload } }
}

/** A quote that was written in Xero stays there, unless one of the CRM's is matched with it. */
function skip(record: RemoteRecord): SkipReason | null {
  const byLife = skipByLife(record)
  if (byLife !== null || record.side === 'zoho') return byLife
  return quoteStatus(record) === 'DELETED' ? 'cancelled' : 'directionSwitchedOff'
}

/** Xero's quote cannot say whose it is: it says what we have sent, or somebody else took the number. */
function saysWhatWasSent(sent: ValueObject, { fields }: RemoteRecord): boolean {
  const contactOf = (quote: ValueObject) => textAt(objectAt(quote, 'Contact'), 'ContactID').toLowerCase()
  return (
    textAt(sent, 'QuoteNumber') === textAt(fields, 'QuoteNumber') &&
    textAt(sent, 'Date') === plainDate(textAt(fields, 'Date')) &&
    textAt(sent, 'CurrencyCode') === textAt(fields, 'CurrencyCode') &&
    contactOf(sent) === contactOf(fields)
  )
}

/** Without its LineAmountTypes a quote becomes tax-exclusive; Contact and Date are in every example (xero.md 4.4). */
function repeated({ main }: SideView): ValueObject {
  if (main === null || main.side === 'zoho') return {}
  const date = plainDate(textAt(main.fields, 'Date'))
  return {
    Contact: { ContactID: textAt(objectAt(main.fields, 'Contact'), 'ContactID') },
    ...(date === '' ? {} : { Date: date }),
    LineAmountTypes: textAt(main.fields, 'LineAmountTypes').toUpperCase() || 'EXCLUSIVE',
  }
}

function title({ side, fields }: RemoteRecord): string {
  const names = side === 'zoho' ? ['Subject', 'Quote_Number'] : ['QuoteNumber', 'Reference']
  return names.map((name) => tidy(decodeEntities(textAt(fields, name)))).find((text) => text !== '') ?? ''
}
