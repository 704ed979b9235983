import { BILL_ROLES } from '../../model/bill-settings.ts'
import type { Collection, ZohoCollection } from '../../model/kind.ts'
import { ok, type RemoteOutcome, type RowOutcome } from '../../model/outcome.ts'
import { ACCOUNT_ROLES, CREDIT_NOTE_ROLES, PAYMENT_ROLES, type Provisioned } from '../../model/settings.ts'
import type { NewZohoField, ZohoRemote } from '../contract.ts'
import { ensureModule } from './ensure-module.ts'
import { asText, type FieldRole, findField, type NeededField, neededFields } from './field-plan.ts'
import { ensureServiceProduct } from './service-product.ts'

export interface ProvisionWish {
  /** Modules of the kinds that are switched on. */
  readonly modules: readonly ZohoCollection[]
  readonly previous: Provisioned
  /** Names of Xero's branding themes. */
  readonly brandingThemes: readonly string[]
  /** Modules whose records say when Xero has put their partner away (R12c). */
  readonly flagged?: readonly Collection[]
}

type Role = NeededField & { readonly role: FieldRole }

/**
 * Creates what a connection needs in Zoho and is not there yet (R05), and answers the real api_names. Safe to run at any
 * time: it finds what exists, makes again what was deleted, and never makes a second field, because an uncertain create
 * is settled by reading the metadata, not by repeating it.
 * A custom module that the edition does not allow is left out: its names stay '' (R38a: the invoice alone shows it then).
 * Refused `fieldMissing`: a field of that label cannot serve, or Zoho would not create it; the message says what to do.
 */
export async function provisionZoho(remote: ZohoRemote, wish: ProvisionWish): Promise<RemoteOutcome<Provisioned>> {
  const { modules, previous, brandingThemes: themes, flagged = [] } = wish
  const needed = neededFields(modules, previous, { themes, flagged })
  let provisioned = wish.previous
  for (const module of wish.modules) {
    const isThere = await ensureModule(remote, module)
    if (isThere.type !== 'ok') return isThere
    if (!isThere.value) continue
    const own = needed.filter((field) => field.module === module)
    const names = await ensureFields(remote, module, own)
    if (names.type !== 'ok') return names
    for (const [role, apiName] of names.value) provisioned = noted(provisioned, { role, module, apiName })
  }
  if (!wish.modules.includes('Products')) return ok(provisioned)
  const product = await ensureServiceProduct(remote)
  return product.type === 'ok' ? ok({ ...provisioned, serviceProductId: product.value }) : product
}

function noted(
  provisioned: Provisioned,
  fact: { readonly role: FieldRole; readonly module: ZohoCollection; readonly apiName: string },
): Provisioned {
  const payment = PAYMENT_ROLES.find((role) => fact.role === `payment.${role}`)
  if (payment !== undefined) return { ...provisioned, payment: { ...provisioned.payment, [payment]: fact.apiName } }
  const credit = CREDIT_NOTE_ROLES.find((role) => fact.role === `creditNote.${role}`)
  if (credit !== undefined) return { ...provisioned, creditNote: { ...provisioned.creditNote, [credit]: fact.apiName } }
  if (fact.role === 'deletedInXero')
    return { ...provisioned, deletedInXero: { ...provisioned.deletedInXero, [fact.module]: fact.apiName } }
  const account = ACCOUNT_ROLES.find((role) => fact.role === `account.${role}`)
  if (account !== undefined) return { ...provisioned, account: { ...provisioned.account, [account]: fact.apiName } }
  const bill = BILL_ROLES.find((role) => fact.role === `bill.${role}`)
  if (bill !== undefined) return { ...provisioned, bill: { ...provisioned.bill, [bill]: fact.apiName } }
  if (fact.role !== 'xeroId') return { ...provisioned, [fact.role]: fact.apiName }
  return { ...provisioned, xeroId: { ...provisioned.xeroId, [fact.module]: fact.apiName } }
}

type Names = ReadonlyMap<FieldRole, string>

async function ensureFields(
  remote: ZohoRemote,
  module: ZohoCollection,
  needed: readonly Role[],
): Promise<RemoteOutcome<Names>> {
  const before = await lookAt(remote, module, needed)
  if (before.type !== 'ok' || before.value.missing.length === 0)
    return before.type === 'ok' ? ok(before.value.names) : before
  const created = await createAll(remote, module, before.value.missing)
  if (created.type !== 'ok') return created
  const after = await lookAt(remote, module, needed)
  if (after.type !== 'ok') return after
  const [absent] = after.value.missing
  if (absent === undefined) return ok(after.value.names)
  const why = created.value.get(absent.role) ?? 'it does not appear yet. Try again in a minute'
  return {
    type: 'refused',
    code: 'fieldMissing',
    message: `Zoho did not create "${absent.field.label}" on ${module}: ${why}`,
  }
}

interface Look {
  readonly names: Names
  readonly missing: readonly Role[]
}

async function lookAt(
  remote: ZohoRemote,
  module: ZohoCollection,
  needed: readonly Role[],
): Promise<RemoteOutcome<Look>> {
  const present = await remote.fetchFields(module)
  if (present.type !== 'ok') return present
  const names = new Map<FieldRole, string>()
  const missing: Role[] = []
  for (const one of needed) {
    const found = findField(present.value, one)
    if (found.type === 'unfit') return { type: 'refused', code: 'fieldMissing', message: found.message }
    if (found.type === 'missing') missing.push(one)
    else names.set(one.role, found.apiName)
  }
  return ok({ names, missing })
}

/** Why each field was refused; whether it was made after all is read from the metadata. */
async function createAll(
  remote: ZohoRemote,
  module: ZohoCollection,
  missing: readonly Role[],
): Promise<RemoteOutcome<ReadonlyMap<FieldRole, string>>> {
  const rows = await remote.createFields(
    module,
    missing.map((one) => one.field),
  )
  if (rows.type !== 'ok') return rows.type === 'unknown' ? ok(new Map()) : rows
  const reasons = new Map<FieldRole, string>()
  for (const [index, one] of missing.entries()) {
    const reason = refusalOf(rows.value[index])
    if (reason === null) continue
    reasons.set(one.role, reason)
    const plainer = plainerThan(one)
    if (plainer === null) continue
    const again = await remote.createFields(module, [plainer])
    if (again.type !== 'ok' && again.type !== 'unknown') return again
  }
  return ok(reasons)
}

/** What does as well where Zoho refuses the field as it is wanted. */
function plainerThan({ field, mayRepeat }: Role): NewZohoField | null {
  if (field.dataType === 'picklist') return asText(field)
  return field.isUnique && mayRepeat === true ? { ...field, isUnique: false } : null
}

function refusalOf(row: RowOutcome | undefined): string | null {
  return row?.type === 'refused' || row?.type === 'duplicate' ? row.message : null
}
