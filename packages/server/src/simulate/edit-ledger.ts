import type { Side } from '@tandem/sync/model/side.ts'

/** One value that a person typed: it must be found again in the end (I3). */
export interface Edit {
  readonly number: number
  readonly atMs: number
  readonly side: Side
  readonly place: Place
  /** Texts of which each stands for this value alone, without blanks and punctuation. */
  readonly needles: readonly string[]
}

/** Where a value was typed. */
export interface Place {
  readonly kind: 'contact' | 'person' | 'item' | 'invoice' | 'quote' | 'lead' | 'vendor' | 'bill' | 'line'
  readonly id: string
  readonly field: 'name' | 'phone' | 'city' | 'email' | 'description' | 'price' | 'dueDate' | 'lines' | 'tracking'
}

export interface EditLedger {
  typed(edit: Omit<Edit, 'number'>): void
  /** A person saw this text and replaced or removed it: values in it are answered for. */
  replaced(text: string): void
  edits(): readonly Edit[]
  isReplaced(edit: Edit): boolean
}

export function createEditLedger(): EditLedger {
  const edits: Edit[] = []
  const seen: string[] = []
  return {
    typed: (edit) => void edits.push({ ...edit, number: edits.length + 1 }),
    replaced: (text) => void seen.push(bare(text)),
    edits: () => edits,
    isReplaced: (edit) => seen.some((text) => holds(text, edit)),
  }
}

/** Is one of the edit's needles in this text? The text is bare already. */
export function holds(bareText: string, edit: Pick<Edit, 'needles'>): boolean {
  return edit.needles.some((needle) => bareText.includes(needle))
}

/** Letters and digits in lower case: what both sides keep of a value, however they format it. */
export function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
