import { z } from 'zod'
import type { DataFolder } from '../folder/data-folder.ts'

/** A half-made pair: the ends that have signed in and wait for the other. Ids and names only, no secrets. */
const zohoEnd = z.object({
  credentialId: z.string(),
  dataCentre: z.string(),
  apiDomain: z.string(),
  zgid: z.string(),
  orgName: z.string(),
})
const xeroGrant = z.object({
  credentialId: z.string(),
  tenants: z.array(z.object({ xeroConnectionId: z.string(), tenantId: z.string(), name: z.string() })),
  /** Which one a person chose; null until then. */
  chosen: z.string().nullable(),
})
const pendingSchema = z.object({ zoho: zohoEnd.nullable(), xero: xeroGrant.nullable() })

export type Pending = z.infer<typeof pendingSchema>

const NOTHING: Pending = { zoho: null, xero: null }

export async function readPending(folder: DataFolder): Promise<Pending> {
  const content = await folder.read('pending.json')
  if (content === undefined) return NOTHING
  try {
    const parsed = pendingSchema.safeParse(JSON.parse(content))
    return parsed.success ? parsed.data : NOTHING
  } catch {
    // A damaged file costs a sign-in, no more.
    return NOTHING
  }
}

export async function writePending(folder: DataFolder, pending: Pending): Promise<void> {
  await folder.write('pending.json', `${JSON.stringify(pending)}\n`)
}

export async function clearPending(folder: DataFolder): Promise<void> {
  await folder.remove('pending.json')
}
