/** A promise that did not hold. */
export interface Violation {
  readonly invariant: 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I8' | 'I9' | 'I11' | 'I12' | 'I14' | 'I15' | 'bug'
  readonly text: string
  /** Remote ids that it is about: the trace is shown for these. */
  readonly ids: readonly string[]
}

export function violation(invariant: Violation['invariant'], text: string, ids: readonly string[] = []): Violation {
  return { invariant, text, ids }
}
