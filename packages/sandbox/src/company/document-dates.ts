import type { Chance } from '../core/chance.ts'

/** Documents go back so many days from the company's today. */
const DAYS_BACK = 120
const DAY_MS = 86_400_000
const TERMS_DAYS = [7, 14, 14, 30, 30, 30] as const

/** Plain dates: `date` lies 1 to 120 days before `today`, `dueDate` one to thirty days after it. */
export function pickDates(chance: Chance, today: string): { date: string; dueDate: string } {
  const date = addDays(today, -chance.int(1, DAYS_BACK))
  return { date, dueDate: addDays(date, chance.pick(TERMS_DAYS)) }
}

/** Plain dates have no zone: they are counted in UTC days. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}
