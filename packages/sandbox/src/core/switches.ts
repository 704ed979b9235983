/**
 * Every fact that the fact sheets mark unverified is a named switch with the stated default. A product that is right
 * must survive each of them the other way round.
 */
export interface SwitchDefinition {
  readonly doc: string
  /** The first value is the default. At least two. */
  readonly values: readonly [string, string, ...string[]]
}

export interface Switches<Name extends string> {
  get(name: Name): string
  is(name: Name, value: string): boolean
  /** Refuses unknown names and values with a message that lists the known ones. */
  set(name: string, value: string): { ok: true } | { ok: false; message: string }
  list(): readonly { name: Name; value: string; values: readonly string[]; doc: string }[]
  reset(): void
}

export function defineSwitches<Name extends string>(
  definitions: Readonly<Record<Name, SwitchDefinition>>,
): Switches<Name> {
  const entries = new Map<string, SwitchDefinition>(Object.entries(definitions))
  const names = namesOf(definitions)
  const chosen = new Map<string, string>()
  const get = (name: Name) => chosen.get(name) ?? definitions[name].values[0]
  return {
    get,
    is: (name, value) => get(name) === value,
    set(name, value) {
      const definition = entries.get(name)
      if (definition === undefined) {
        return { ok: false, message: `Unknown switch "${name}". Known: ${[...entries.keys()].join(', ')}` }
      }
      if (!definition.values.includes(value)) {
        return { ok: false, message: `Switch "${name}" takes one of: ${definition.values.join(', ')}` }
      }
      chosen.set(name, value)
      return { ok: true }
    },
    list: () =>
      names.map((name) => ({ name, value: get(name), values: definitions[name].values, doc: definitions[name].doc })),
    reset: () => chosen.clear(),
  }
}

function namesOf<Name extends string>(definitions: Readonly<Record<Name, SwitchDefinition>>): Name[] {
  const names: Name[] = []
  for (const name in definitions) names.push(name)
  return names
}
