/** The engine's only source of chance: identifiers, keys and jitter. */
export interface Chance {
  /** A random version 4 UUID. */
  uuid(): string
  /** A float in [0, 1). */
  float(): number
}
