import { DroppedConnection } from '@tandem/sandbox/core/pipeline.ts'
import type { EngineRig } from '../../src/rig/engine-rig.ts'

type Sandbox = EngineRig['zoho'] | EngineRig['xero']

const isControl = (request: Request) => new URL(request.url).pathname.startsWith('/__sandbox')

/** What somebody does in a sandbox while the engine is at work: called after each answer, with its request. */
export function afterEachAnswer(sandbox: Sandbox, deed: (request: Request) => Promise<void>): void {
  const { app } = sandbox
  const answer = app.fetch
  app.fetch = async (request, ...rest) => {
    const response = await answer(request, ...rest)
    if (!isControl(request)) await deed(request)
    return response
  }
}

export interface HeldWrites {
  readonly method: string
  readonly path: RegExp
  /** How many of these writes get no answer. */
  readonly count: number
  /** Virtual time after which the sandbox does what it was asked. */
  readonly appliedAfterMs: number
}

/** Writes that time out for whoever sent them and are applied much later all the same. */
export function holdWrites(
  rig: EngineRig,
  sandbox: Sandbox,
  of: HeldWrites,
): { heldSoFar(): number; landed(): number } {
  const { app } = sandbox
  const answer = app.fetch
  let held = 0
  let landed = 0
  app.fetch = async (request, ...rest) => {
    const { pathname } = new URL(request.url)
    if (request.method !== of.method || !of.path.test(pathname) || held >= of.count) return answer(request, ...rest)
    held += 1
    const late = request.clone()
    rig.clock.schedule(of.appliedAfterMs, async () => {
      await answer(late)
      landed += 1
    })
    throw new DroppedConnection()
  }
  return { heldSoFar: () => held, landed: () => landed }
}
