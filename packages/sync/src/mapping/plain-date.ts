import { Temporal } from 'temporal-polyfill'
import type { DueTerms } from '../model/invoice-settings.ts'

/** The terms of a person's choice, and one that only Xero's contacts have (xero.md 4.1). Plain calendar dates. */
export type PaymentTerms = DueTerms | { readonly type: 'dayOfThisMonth'; readonly day: number }

/** When an invoice of that date falls due (R28). Never before its own date. */
export function dueDate(date: string, terms: PaymentTerms): string {
  const start = Temporal.PlainDate.from(date)
  switch (terms.type) {
    case 'daysAfter':
      return start.add({ days: terms.days }).toString()
    case 'daysAfterMonthEnd':
      return start.with({ day: start.daysInMonth }).add({ days: terms.days }).toString()
    case 'dayOfThisMonth': {
      const due = dayOfMonth(start, terms.day)
      // Dated after that day: the next one (what Xero's own form does then is not documented).
      return (Temporal.PlainDate.compare(due, start) < 0 ? nextMonthsDay(start, terms.day) : due).toString()
    }
    case 'dayOfNextMonth':
      return nextMonthsDay(start, terms.day).toString()
  }
}

/** The last day where the month is shorter. */
function dayOfMonth(month: Temporal.PlainDate, day: number): Temporal.PlainDate {
  return month.with({ day: Math.max(day, 1) }, { overflow: 'constrain' })
}

function nextMonthsDay(start: Temporal.PlainDate, day: number): Temporal.PlainDate {
  return dayOfMonth(start.with({ day: 1 }).add({ months: 1 }), day)
}

const PLAIN_DATE = /^\d{4}-\d{2}-\d{2}/

/** The calendar date of a remote's value: some rows carry a time behind it. '' for anything else. */
export function plainDate(text: string): string {
  return PLAIN_DATE.exec(text)?.[0] ?? ''
}
