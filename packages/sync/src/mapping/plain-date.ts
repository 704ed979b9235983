import { Temporal } from 'temporal-polyfill'

/** When an invoice falls due (R28). Plain calendar dates, no zone and no clock. */
export type DueTerms =
  | { readonly type: 'daysAfter'; readonly days: number }
  | { readonly type: 'daysAfterMonthEnd'; readonly days: number }
  /** A fixed day of the next month; the last one where that month is shorter. */
  | { readonly type: 'dayOfNextMonth'; readonly day: number }

export function dueDate(date: string, terms: DueTerms): string {
  const start = Temporal.PlainDate.from(date)
  switch (terms.type) {
    case 'daysAfter':
      return start.add({ days: terms.days }).toString()
    case 'daysAfterMonthEnd':
      return start.with({ day: start.daysInMonth }).add({ days: terms.days }).toString()
    case 'dayOfNextMonth':
      return start.with({ day: 1 }).add({ months: 1 }).with({ day: terms.day }, { overflow: 'constrain' }).toString()
  }
}

const PLAIN_DATE = /^\d{4}-\d{2}-\d{2}/

/** The calendar date of a remote's value: some rows carry a time behind it. '' for anything else. */
export function plainDate(text: string): string {
  return PLAIN_DATE.exec(text)?.[0] ?? ''
}
