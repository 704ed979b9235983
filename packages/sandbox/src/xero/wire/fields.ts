import { Big } from 'big.js'
import { badPostData } from '../api/problem.ts'
import { parsePlainDate } from './dates.ts'

/**
 * One object of a request body, read field by field. Names match in any case (xero.md 2.5), `null` counts as absent,
 * numbers may be quoted. A value of the wrong type is a PostDataInvalidException for the whole request.
 */
export class Fields {
  readonly raw: object
  readonly #values = new Map<string, unknown>()

  constructor(raw: object) {
    this.raw = raw
    for (const [name, value] of Object.entries(raw)) {
      if (value !== null && value !== undefined) this.#values.set(name.toLowerCase(), value)
    }
  }

  has(name: string): boolean {
    return this.#values.has(name.toLowerCase())
  }

  names(): readonly string[] {
    return [...this.#values.keys()]
  }

  text(name: string): string | undefined {
    const value = this.#get(name)
    if (value === undefined) return undefined
    if (typeof value === 'string') return value
    if (typeof value === 'number' || typeof value === 'boolean') return String(value)
    throw badPostData(`the value of ${name} must be a string`)
  }

  decimal(name: string): Big | undefined {
    const value = this.#get(name)
    if (value === undefined || value === '') return undefined
    // The shortest decimal of a double is what the client wrote, as long as it has no more than 15 digits.
    const text = typeof value === 'number' ? String(value) : value
    if (typeof text === 'string' && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text.trim())) return new Big(text.trim())
    throw badPostData(`Could not convert the value of ${name} to decimal`)
  }

  flag(name: string): boolean | undefined {
    const text = this.text(name)?.toLowerCase()
    if (text === undefined || text === '') return undefined
    if (text === 'true') return true
    if (text === 'false') return false
    throw badPostData(`Could not convert the value of ${name} to boolean`)
  }

  /** A calendar date; `''` (an explicit clear) comes back as `''`. */
  date(name: string): string | undefined {
    const text = this.text(name)
    if (text === undefined || text === '') return text
    const date = parsePlainDate(text)
    if (date === undefined) throw badPostData(`Invalid date supplied for field: ${name}`)
    return date
  }

  object(name: string): Fields | undefined {
    const value = this.#get(name)
    if (value === undefined) return undefined
    if (!isObject(value)) throw badPostData(`${name} must be an object`)
    return new Fields(value)
  }

  list(name: string): readonly Fields[] | undefined {
    const value = this.#get(name)
    if (value === undefined) return undefined
    if (!Array.isArray(value)) throw badPostData(`${name} must be an array`)
    return value.map((element: unknown) => {
      if (!isObject(element)) throw badPostData(`every element of ${name} must be an object`)
      return new Fields(element)
    })
  }

  #get(name: string): unknown {
    return this.#values.get(name.toLowerCase())
  }
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The elements of a write: `{"Contacts":[..]}` or a bare object (xero.md 2.5). */
export function readElements(body: string, plural: string): readonly Fields[] {
  const parsed = parseJson(body)
  if (!isObject(parsed)) throw badPostData('an object was expected')
  const fields = new Fields(parsed)
  return fields.list(plural) ?? [fields]
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (error) {
    throw badPostData(error instanceof Error ? error.message : 'not JSON')
  }
}
