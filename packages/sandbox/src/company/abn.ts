import type { Chance } from '../core/chance.ts'

/** Weights of the Australian Business Register's modulus-89 check; the first digit counts one less than written. */
const WEIGHTS = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19] as const
const MODULUS = 89
const BODY_LENGTH = 9

/** Hands out distinct ABNs: two check digits in front of nine, no spaces. */
export function createAbnSource(chance: Chance): () => string {
  const seen = new Set<string>()
  return () => {
    for (;;) {
      const body = Array.from({ length: BODY_LENGTH }, () => chance.int(0, 9))
      const sum = body.reduce((total, digit, index) => total + digit * (WEIGHTS[index + 2] ?? 0), 0)
      const check = (MODULUS - (sum % MODULUS)) % MODULUS
      const abn = `${1 + Math.floor(check / 10)}${check % 10}${body.join('')}`
      if (seen.has(abn)) continue
      seen.add(abn)
      return abn
    }
  }
}

/** Eleven digits whose weighted sum divides by 89. */
export function isValidAbn(abn: string): boolean {
  if (!/^[1-9]\d{10}$/.test(abn)) return false
  const sum = WEIGHTS.reduce((total, weight, index) => {
    const digit = Number(abn[index]) - (index === 0 ? 1 : 0)
    return total + digit * weight
  }, 0)
  return sum % MODULUS === 0
}
