import type { Chance } from '../core/chance.ts'
import type { CompanyProfile, Home } from './contract.ts'

/** Per cent of records by home in a `mixed` company; `both` takes the rest (25). */
const ZOHO_PERCENT = 40
const XERO_PERCENT = 35

/** Fisher-Yates on a copy. */
export function shuffle<T>(chance: Chance, items: readonly T[]): T[] {
  const result = [...items]
  for (let index = result.length - 1; index > 0; index -= 1) {
    const other = chance.int(0, index)
    const here = result[index]
    const there = result[other]
    if (here === undefined || there === undefined) continue
    result[index] = there
    result[other] = here
  }
  return result
}

/** Deals the cards in shuffled rounds, so that each card comes up even when few are dealt. */
export function createDeck<T>(chance: Chance, cards: readonly [T, ...T[]]): () => T {
  let left: T[] = []
  return () => {
    if (left.length === 0) left = shuffle(chance, cards)
    return left.pop() ?? cards[0]
  }
}

/** Homes of `count` records in random order. A mixed company has each home from three records on. */
export function dealHomes(chance: Chance, shape: CompanyProfile['shape'], count: number): Home[] {
  switch (shape) {
    case 'zohoOnly':
      return Array.from({ length: count }, () => 'zoho')
    case 'xeroOnly':
      return Array.from({ length: count }, () => 'xero')
    case 'bothEqual':
      return Array.from({ length: count }, () => 'both')
    case 'mixed': {
      const zoho = Math.ceil((count * ZOHO_PERCENT) / 100)
      const xero = Math.min(count - zoho, Math.floor((count * XERO_PERCENT) / 100))
      return shuffle(
        chance,
        Array.from({ length: count }, (_, index): Home => homeAt(index, zoho, xero)),
      )
    }
  }
}

function homeAt(index: number, zoho: number, xero: number): Home {
  if (index < zoho) return 'zoho'
  return index < zoho + xero ? 'xero' : 'both'
}

/** Is a record of home `available` there for a document of home `needed`? */
export function isAvailable(available: Home, needed: Home): boolean {
  return available === 'both' || available === needed
}

/** `party-0001`: the key of the record at a position, in creation order. */
export function keyOf(kind: string, index: number): string {
  return `${kind}-${String(index + 1).padStart(5, '0')}`
}
