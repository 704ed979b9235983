import { z } from 'zod'
import type { Company } from '../../company/contract.ts'
import { generateCompany } from '../../company/generate.ts'
import type { ControlAnswer, ControlParts } from '../../core/control.ts'
import type { RequestLog } from '../../core/request-log.ts'
import { holdsRecords } from '../model/modules.ts'
import { renderWhole } from '../read/render.ts'
import type { Channels } from '../watch/channels.ts'
import type { Postman } from '../watch/postman.ts'
import { type ActParts, act } from './act.ts'
import { floorOf } from './floor.ts'

export interface ZohoControlParts extends ActParts {
  readonly log: RequestLog
  readonly channels: Channels
  readonly postman: Postman
  credentials(): unknown
  seed(company: Company): void
  empty(): void
}

/** The sandbox's side of the `/__sandbox/` routes. */
export function controlParts(parts: ZohoControlParts): ControlParts {
  const { world, log } = parts
  return {
    clock: world.clock,
    faults: world.faults,
    switches: world.switches,
    log,
    state: () => stateOf(parts),
    floor: () => floorOf(world, world.switches),
    credentials: parts.credentials,
    reset: (body) => reset(parts, body),
    act: (body) => act(parts, body),
  }
}

/** Every record as a single GET shows it, the bin, channels and callbacks, credits. */
function stateOf(parts: ZohoControlParts): unknown {
  const { world, credits, channels, postman } = parts
  const viewer = { world, user: world.org().users[0] }
  const records = world
    .modules()
    .filter(holdsRecords)
    .map((module) => [
      module.apiName,
      world
        .table(module.apiName)
        .ordered('id')
        .map((record) => renderWhole(viewer, module, record)),
    ])
  return {
    org: world.org(),
    records: Object.fromEntries(records),
    deleted: world.bin.list(),
    channels: channels.live(),
    deliveries: postman.deliveries(),
    credits: { budget: credits.budget(), used: credits.used(), remaining: credits.remaining() },
  }
}

const resetSchema = z.strictObject({
  seed: z.number().int().default(1),
  contacts: z.number().int().nonnegative().default(0),
  items: z.number().int().nonnegative().default(0),
  invoices: z.number().int().nonnegative().default(0),
  shape: z.enum(['mixed', 'zohoOnly', 'xeroOnly', 'bothEqual']).default('mixed'),
  today: z.string().optional(),
})

/** Without counts the org is left empty. */
function reset(parts: ZohoControlParts, body: unknown): ControlAnswer {
  const parsed = resetSchema.safeParse(body)
  if (!parsed.success) return { ok: false, message: z.prettifyError(parsed.error) }
  const { contacts, items, invoices } = parsed.data
  parts.empty()
  if (contacts + items + invoices > 0) {
    const today = parsed.data.today ?? new Date(parts.world.clock.now()).toISOString().slice(0, 10)
    parts.seed(generateCompany({ ...parsed.data, today }))
  }
  return { ok: true, result: floorOf(parts.world, parts.world.switches).counts }
}
