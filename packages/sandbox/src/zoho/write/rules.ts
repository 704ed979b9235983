import type { Rounding } from '../model/money.ts'
import type { ZohoSwitch, ZohoSwitches } from '../switch-list.ts'

/** The switches that bear on a write, read once per call so that the deciding functions stay pure. */
export interface WriteRules {
  readonly rounding: Rounding
  readonly zuluInput: 'accepted' | 'rejected'
  readonly emoji: 'accepted' | 'rejected'
  readonly unknownPicklist: 'INVALID_DATA' | 'stored'
  readonly unknownField: 'ignored' | 'INVALID_DATA'
  readonly bareLookupId: 'accepted' | 'rejected'
  readonly contactNameRule: 'lastName' | 'firstOrLast'
  readonly unknownTaxName: 'INVALID_DATA' | 'ignored'
  readonly alteredTaxRate: 'overwritten' | 'rejected'
  readonly percentDiscount: 'stored' | 'converted' | 'rejected'
  readonly sequenceNumber: 'ignored' | 'writable'
  readonly unmentionedRows: 'kept' | 'dropped'
  readonly emptyLines: 'error' | 'clears'
  readonly documentTaxBase: 'afterDiscount' | 'beforeDiscount'
  readonly multiCurrency: 'on' | 'off'
  readonly currencyWhenOff: 'ignored' | 'INVALID_DATA'
  readonly exchangeRate: 'foreignPerBase' | 'basePerForeign'
  readonly lineEditBumpsParent: 'yes' | 'no'
  readonly noopBumpsModified: 'yes' | 'no'
  readonly stageOutsidePipeline: 'DEPENDENT_MISMATCH' | 'INVALID_DATA' | 'MAPPING_MISMATCH'
  readonly dealPipeline: 'defaulted' | 'mandatory'
}

export function rulesFrom(switches: ZohoSwitches): WriteRules {
  const either = <A extends string, B extends string>(name: ZohoSwitch, first: A, other: B): A | B =>
    switches.is(name, first) ? first : other
  return {
    rounding: either('rounding', 'halfUp', 'halfEven'),
    zuluInput: either('zuluInput', 'accepted', 'rejected'),
    emoji: either('emoji', 'accepted', 'rejected'),
    unknownPicklist: either('unknownPicklist', 'INVALID_DATA', 'stored'),
    unknownField: either('unknownField', 'ignored', 'INVALID_DATA'),
    bareLookupId: either('bareLookupId', 'accepted', 'rejected'),
    contactNameRule: either('contactNameRule', 'lastName', 'firstOrLast'),
    unknownTaxName: either('unknownTaxName', 'INVALID_DATA', 'ignored'),
    alteredTaxRate: either('alteredTaxRate', 'overwritten', 'rejected'),
    percentDiscount: either('percentDiscount', 'stored', either('percentDiscount', 'converted', 'rejected')),
    sequenceNumber: either('sequenceNumber', 'ignored', 'writable'),
    unmentionedRows: either('unmentionedRows', 'kept', 'dropped'),
    emptyLines: either('emptyLines', 'error', 'clears'),
    documentTaxBase: either('documentTaxBase', 'afterDiscount', 'beforeDiscount'),
    multiCurrency: either('multiCurrency', 'on', 'off'),
    currencyWhenOff: either('currencyWhenOff', 'ignored', 'INVALID_DATA'),
    exchangeRate: either('exchangeRate', 'foreignPerBase', 'basePerForeign'),
    lineEditBumpsParent: either('lineEditBumpsParent', 'yes', 'no'),
    noopBumpsModified: either('noopBumpsModified', 'yes', 'no'),
    stageOutsidePipeline: either(
      'stageOutsidePipeline',
      'DEPENDENT_MISMATCH',
      either('stageOutsidePipeline', 'INVALID_DATA', 'MAPPING_MISMATCH'),
    ),
    dealPipeline: either('dealPipeline', 'defaulted', 'mandatory'),
  }
}
