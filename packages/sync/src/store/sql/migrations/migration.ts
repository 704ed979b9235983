/** One step of the schema. Applied once, in the order of its number; never edited after a release. */
export interface Migration {
  readonly name: string
  readonly statements: readonly string[]
}
