import { z } from 'zod'
import { type EngineRig, XERO_ORIGIN, ZOHO_ORIGIN } from './engine-rig.ts'

type Sandboxes = Pick<EngineRig, 'zoho' | 'xero'>
type Deed = Readonly<Record<string, unknown>> & { readonly action: string }

const answer = z.object({ ok: z.boolean(), message: z.string().optional(), result: z.unknown().optional() })
const record = z.looseObject({ id: z.string() })
export type ActedRecord = z.infer<typeof record>

/** What a person does inside Zoho; a refusal is a mistake of the test and throws. */
export async function zohoAct(rig: Sandboxes, deed: Deed): Promise<unknown> {
  return told(
    deed,
    await rig.zoho.app.fetch(
      new Request(`${ZOHO_ORIGIN}/__sandbox/act`, { method: 'POST', body: JSON.stringify(deed) }),
    ),
  )
}

/** What a person does inside Xero. */
export async function xeroAct(rig: Sandboxes, deed: Deed): Promise<unknown> {
  return told(
    deed,
    await rig.xero.app.fetch(
      new Request(`${XERO_ORIGIN}/__sandbox/act`, { method: 'POST', body: JSON.stringify(deed) }),
    ),
  )
}

async function told(deed: Deed, response: Response): Promise<unknown> {
  const { ok, message, result } = answer.parse(await response.json())
  if (!ok) throw new Error(`The sandbox refuses ${deed.action}: ${message ?? ''}`)
  return result
}

export async function zohoCreate(
  rig: Sandboxes,
  module: string,
  values: Readonly<Record<string, unknown>>,
): Promise<ActedRecord> {
  return record.parse(await zohoAct(rig, { action: 'create', module, values }))
}

export async function zohoEdit(
  rig: Sandboxes,
  at: { readonly module: string; readonly id: string },
  values: Readonly<Record<string, unknown>>,
): Promise<ActedRecord> {
  return record.parse(await zohoAct(rig, { action: 'edit', ...at, values }))
}

export async function xeroCreate(
  rig: Sandboxes,
  action:
    | 'createContact'
    | 'createItem'
    | 'createInvoice'
    | 'createCreditNote'
    | 'createPrepayment'
    | 'createOverpayment',
  fields: Readonly<Record<string, unknown>>,
): Promise<ActedRecord> {
  return record.parse(await xeroAct(rig, { action, fields }))
}

export async function xeroEdit(
  rig: Sandboxes,
  at: { readonly action: 'editContact' | 'editItem' | 'editInvoice' | 'editCreditNote'; readonly id: string },
  fields: Readonly<Record<string, unknown>>,
): Promise<ActedRecord> {
  return record.parse(await xeroAct(rig, { ...at, fields }))
}
