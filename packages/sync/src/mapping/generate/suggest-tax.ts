import type { ReferenceData, XeroTaxRate } from '../../model/reference.ts'
import type { TaxMapping } from '../../model/settings.ts'
import { normaliseDecimal } from '../decimal.ts'
import { type AccountUse, isRateFor } from '../invoice/xero-faults.ts'

export interface TaxSuggestions {
  readonly mappings: readonly TaxMapping[]
  /** Nothing fits, or several fit alike: a person chooses (R42a). */
  readonly undecided: readonly UndecidedTax[]
}

export interface UndecidedTax {
  /** null: rows without a tax. */
  readonly zohoTaxId: string | null
  readonly name: string
  readonly candidates: readonly string[]
}

interface Question {
  readonly zohoTaxId: string | null
  readonly name: string
  readonly percentage: string
  score(rate: XeroTaxRate): number
}

/**
 * Suggestions by rate and name, never by rate alone among several (four Australian codes are all 0 %, xero.md 4.9). A
 * Xero rate that one tax fits best is no candidate for the next, until nothing more is decided.
 */
export function suggestTaxMap({ zoho, xero }: ReferenceData, use: AccountUse = 'income'): TaxSuggestions {
  const rates = xero.taxRates.filter((rate) => rate.status === 'ACTIVE' && isRateFor(rate, use))
  const open = new Set<Question>([...zoho.taxes.map(questionOf), NO_TAX])
  const taken = new Map<Question, XeroTaxRate>()
  let isMoving = true
  while (isMoving) {
    isMoving = false
    for (const question of open) {
      const free = rates.filter((rate) => ![...taken.values()].includes(rate))
      const [best, ...others] = bestOf(question, free)
      // Rows without a tax take what no tax asks for: they come last.
      if (
        best === undefined ||
        others.length > 0 ||
        (question === NO_TAX && open.size > 1 && canDecideOther(open, free))
      )
        continue
      taken.set(question, best)
      open.delete(question)
      isMoving = true
    }
  }
  const free = rates.filter((rate) => ![...taken.values()].includes(rate))
  return {
    mappings: [...taken].map(([{ zohoTaxId }, rate]) => ({
      zohoTaxIds: zohoTaxId === null ? [] : [zohoTaxId],
      xeroTaxType: rate.taxType,
    })),
    undecided: [...open].map((question) => ({
      zohoTaxId: question.zohoTaxId,
      name: question.name,
      candidates: bestOf(question, free).map((rate) => rate.taxType),
    })),
  }
}

function canDecideOther(open: ReadonlySet<Question>, free: readonly XeroTaxRate[]): boolean {
  return [...open].some((question) => question !== NO_TAX && bestOf(question, free).length === 1)
}

/** The highest score only; a single rate of the same percentage needs no likeness of names unless it is 0 %. */
function bestOf(question: Question, rates: readonly XeroTaxRate[]): readonly XeroTaxRate[] {
  const same = rates.filter((rate) => normaliseDecimal(rate.effectiveRate) === question.percentage)
  const scored = same.map((rate) => ({ rate, score: question.score(rate) }))
  const highest = Math.max(0, ...scored.map(({ score }) => score))
  if (highest === 0) return question.percentage === '0' ? [] : same
  return scored.filter(({ score }) => score === highest).map(({ rate }) => rate)
}

function questionOf(tax: { readonly id: string; readonly name: string; readonly percentage: string }): Question {
  const words = wordsOf(tax.name)
  return {
    zohoTaxId: tax.id,
    name: tax.name,
    percentage: normaliseDecimal(tax.percentage) || '0',
    score: (rate) => wordsOf(rate.name).filter((word) => words.includes(word)).length,
  }
}

const NO_TAX_NAME = /\b(?:no tax|no vat|no gst|tax exempt|bas excluded|out of scope|none)\b/i

const NO_TAX: Question = {
  zohoTaxId: null,
  name: 'No tax',
  percentage: '0',
  score: (rate) => (rate.taxType === 'NONE' ? 2 : Number(NO_TAX_NAME.test(rate.name))),
}

/** Plurals count as their singular: Export and GST Free Exports. */
function wordsOf(name: string): readonly string[] {
  return name
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .map((word) => word.replace(/s$/, ''))
    .filter((word) => word.length > 1)
}
