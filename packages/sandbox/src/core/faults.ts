/**
 * Faults on demand. A fault waits until a request matches it, lets `skip` of them pass, strikes `times` times, then is
 * gone. `before` effects strike before the request is handled (nothing is committed), `after` effects when it is done.
 */
export type FaultEffect =
  /** Answer this instead of handling the request. */
  | {
      readonly type: 'respond'
      readonly status: number
      readonly body: string
      readonly headers: Readonly<Record<string, string>>
    }
  /** Handle the request, then answer this instead of the true answer. */
  | {
      readonly type: 'respondAfter'
      readonly status: number
      readonly body: string
      readonly headers: Readonly<Record<string, string>>
    }
  | { readonly type: 'dropBefore' }
  | { readonly type: 'dropAfter' }
  /** Wait (real milliseconds) before handling. */
  | { readonly type: 'slow'; readonly delayMs: number }
  /** Handle the request, send half of the answer. */
  | { readonly type: 'truncate' }
  /** Anything only one sandbox understands, by name (`partialBatch`, `webhookDrop`, ...). */
  | {
      readonly type: 'named'
      readonly name: string
      readonly options: Readonly<Record<string, string | number | boolean>>
    }

export interface Fault {
  readonly effect: FaultEffect
  /** Upper case; absent matches every method. */
  readonly method?: string | undefined
  /** A regular expression over path and query; absent matches every path. */
  readonly path?: string | undefined
  readonly skip: number
  readonly times: number
}

export interface FaultBoard {
  add(fault: Fault): void
  /** The fault that strikes this request, used up by one; `named` ones are not returned here. */
  strike(method: string, pathAndQuery: string): FaultEffect | undefined
  /** The options of a named fault, used up by one, if one of that name is waiting. */
  takeNamed(
    name: string,
    method: string,
    pathAndQuery: string,
  ): Readonly<Record<string, string | number | boolean>> | undefined
  list(): readonly Fault[]
  clear(): void
}

export function createFaultBoard(): FaultBoard {
  let waiting: Fault[] = []

  function take(
    method: string,
    pathAndQuery: string,
    isWanted: (effect: FaultEffect) => boolean,
  ): FaultEffect | undefined {
    for (const [index, fault] of waiting.entries()) {
      if (!isWanted(fault.effect)) continue
      if (fault.method !== undefined && fault.method !== method) continue
      if (fault.path !== undefined && !new RegExp(fault.path).test(pathAndQuery)) continue
      if (fault.skip > 0) {
        waiting[index] = { ...fault, skip: fault.skip - 1 }
        continue
      }
      if (fault.times <= 1) waiting = waiting.filter((other) => other !== fault)
      else waiting[index] = { ...fault, times: fault.times - 1 }
      return fault.effect
    }
    return undefined
  }

  return {
    add: (fault) => void waiting.push(fault),
    strike: (method, path) => take(method, path, (effect) => effect.type !== 'named'),
    takeNamed(name, method, path) {
      const effect = take(method, path, (candidate) => candidate.type === 'named' && candidate.name === name)
      return effect?.type === 'named' ? effect.options : undefined
    },
    list: () => waiting,
    clear() {
      waiting = []
    },
  }
}
