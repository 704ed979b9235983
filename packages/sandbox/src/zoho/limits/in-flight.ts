import type { MiddlewareHandler } from 'hono'

/** Calls in flight now, over all routes (zoho-crm.md 2.1 concurrency). */
export interface Load {
  /** How many calls were in flight when this one arrived, itself included. */
  placeOf(request: Request): number
  arrive(request: Request): void
  leave(): void
  /** Calls of the heavy kind that are being worked on. */
  heavy: number
}

export function createLoad(): Load {
  const places = new WeakMap<Request, number>()
  let all = 0
  return {
    heavy: 0,
    placeOf: (request) => places.get(request) ?? 1,
    arrive(request) {
      all += 1
      places.set(request, all)
    },
    leave() {
      all -= 1
    },
  }
}

/** Counts API calls from arrival to answer, so that slow ones add up. */
export function countInFlight(load: Load): MiddlewareHandler {
  return async (c, next) => {
    if (!/^(\/dc\/\w+)?\/crm\//.test(new URL(c.req.url).pathname)) return next()
    load.arrive(c.req.raw)
    try {
      await next()
    } finally {
      load.leave()
    }
    return undefined
  }
}
