import type { Books } from '../model/books.ts'

export type FaultOptions = Readonly<Record<string, string | number | boolean>>

/** An Accounting request that has passed token, tenant, scope, limits and idempotency. */
export interface ApiCall {
  readonly method: string
  /** Lower case: `contacts`, `invoices`, ... */
  readonly resource: string
  /** The path below the resource, decoded, original case: id, sub-resource, id of that. */
  readonly path: readonly string[]
  readonly query: Query
  readonly ifModifiedSince: string | undefined
  readonly body: string
  readonly books: Books
  readonly providerName: string
  /** The options of a named fault that strikes this call, used up by one. */
  takeFault(name: string): FaultOptions | undefined
}

/** Query parameters by name in any case. An empty value is a value (xero.md 2.4). */
export class Query {
  readonly #values = new Map<string, string>()
  constructor(parameters: URLSearchParams) {
    for (const [name, value] of parameters) this.#values.set(name.toLowerCase(), value)
  }

  get(name: string): string | undefined {
    return this.#values.get(name.toLowerCase())
  }

  has(name: string): boolean {
    return this.#values.has(name.toLowerCase())
  }

  isTrue(name: string): boolean {
    return this.get(name)?.toLowerCase() === 'true'
  }

  /** A comma list; undefined when the parameter is absent. */
  list(name: string): readonly string[] | undefined {
    return this.get(name)
      ?.split(',')
      .map((part) => part.trim())
  }
}

/** `unitdp=4`: unit prices with 4 decimals, on reads and writes alike (xero.md 2.4). */
export const unitDecimals = (call: ApiCall): 2 | 4 => (call.query.get('unitdp') === '4' ? 4 : 2)
