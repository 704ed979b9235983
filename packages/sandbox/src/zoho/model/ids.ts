/** Record ids: 19 digits, growing, beyond what a JavaScript number can hold exactly (zoho-crm.md 0.3). */
export interface IdSource {
  next(): string
  restart(): void
}

const PREFIX = '5600000'
const FIRST = 1_000_001

export function createIds(): IdSource {
  let counter = FIRST
  return {
    next() {
      counter += 1
      return `${PREFIX}${String(counter).padStart(12, '0')}`
    },
    restart() {
      counter = FIRST
    },
  }
}

/** Up to 19 digits; anything else is "the id given seems to be invalid". */
export function isWellFormedId(text: string): boolean {
  return /^\d{10,19}$/.test(text)
}
