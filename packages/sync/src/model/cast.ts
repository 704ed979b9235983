/**
 * The one place where a cast may stand. Guarantee asked of every caller: the value was produced by code of ours that
 * wrote exactly this type (a jsonb column that only our statements fill), or was just checked by a schema.
 */
export function trustStored<T>(value: unknown): T {
  return value as T
}
