/** One text of the product's source and what stands there without the guard. */
export interface Patch {
  /** From the root of the repository. */
  readonly file: string
  /** Occurs exactly once in the file: a mutant whose place is gone is an error. */
  readonly find: string
  readonly replace: string
}

/** What must turn red while the guard is off. */
export type Catcher =
  | { readonly type: 'test'; readonly path: string; readonly name?: string }
  | { readonly type: 'simulation'; readonly scenario: string; readonly from: number; readonly seeds: number }

/** A guard of the engine that a switch takes away. Data: the product knows nothing of it. */
export interface Mutant {
  readonly name: string
  /** What is taken away, in one line. */
  readonly guard: string
  /** The invariant of SPEC.md that then breaks. */
  readonly invariant: string
  readonly patches: readonly Patch[]
  /** The cheapest catchers; every one of them must turn red. */
  readonly caughtBy: readonly [Catcher, ...Catcher[]]
}

export function labelOf(catcher: Catcher): string {
  switch (catcher.type) {
    case 'test':
      return catcher.name === undefined ? catcher.path : `${catcher.path}: ${catcher.name}`
    case 'simulation':
      return `simulation of ${catcher.scenario}, ${catcher.seeds} seeds from ${catcher.from}`
  }
}
