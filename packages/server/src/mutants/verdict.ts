/** What a catcher said of a mutant. */
export type Verdict =
  /** An assertion failed: caught. */
  | { readonly type: 'red'; readonly by: string }
  /** The mutant lives. */
  | { readonly type: 'green' }
  /** Nothing can be said: the mutant does not load, no test matches, or the catcher fails for another reason. */
  | { readonly type: 'broken'; readonly why: string }
