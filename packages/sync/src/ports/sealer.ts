/** Seals secrets before they are stored (R78). `aad` names the row they belong to: a sealed text moved elsewhere does not open. */
export interface Sealer {
  seal(text: string, aad: string): string
  /** undefined: sealed by a key that is gone, moved to another row, or tampered with. */
  open(sealed: string, aad: string): string | undefined
}
