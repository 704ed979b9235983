import type { JsonObject } from '../model/json.ts'
import { userById } from '../model/org.ts'
import type { StoredRecord } from '../model/record.ts'
import { invalidData, type Problem } from '../problem.ts'
import { isConverted } from '../read/converted.ts'
import type { Change } from '../world.ts'
import { affectedFields } from './compose.ts'
import {
  alreadyConverted,
  type ConversionRefusal,
  type Converter,
  made,
  type Planned,
  plannedProblem,
  sessionOf,
  standardModule,
  unconverted,
  unknownSource,
} from './conversion.ts'
import { inPlaceFor, type LeadPlan, PATH, planOf } from './lead-plan.ts'
import { changeOf } from './write-records.ts'

export interface LeadConversion {
  /** Existing records to use; new ones are made for those not named. */
  readonly account: string | undefined
  readonly contact: string | undefined
  /** What existing records take over from the lead. */
  readonly existing: 'kept' | 'overwritten'
  /** Fields of the deal to make; undefined makes none. */
  readonly deal: JsonObject | undefined
  /** User who gets the new records; the lead's owner otherwise. */
  readonly owner: string | undefined
}

export interface ConvertedLead {
  readonly ok: true
  readonly lead: StoredRecord
  /** Null for a lead without company. */
  readonly account: StoredRecord | null
  readonly contact: StoredRecord
  readonly deal: StoredRecord | null
}

/** `POST /Leads/{id}/actions/convert` (zoho-crm.md 3.7, 4): all of it happens, or nothing. */
export function convertLead(
  converter: Converter,
  leadId: string,
  conversion: LeadConversion,
): ConvertedLead | ConversionRefusal {
  const { world } = converter
  const lead = world.table('Leads').get(leadId)
  if (lead === undefined) return unknownSource
  if (isConverted(lead)) return alreadyConverted
  const problem = referenceProblem(converter, conversion)
  if (problem !== undefined) return unconverted('element', problem)
  const plan = planOf(world, lead, conversion)
  const refused = plannedProblem(
    world,
    [plan.account, plan.contact, plan.deal].filter((one) => one !== undefined),
  )
  if (refused !== undefined) return unconverted('element', refused)
  return perform(converter, { lead, conversion }, plan)
}

function referenceProblem(converter: Converter, conversion: LeadConversion): Problem | undefined {
  const { world } = converter
  const bad = (name: string) => invalidData({ api_name: 'id', json_path: `${PATH}.${name}.id` })
  const { account, contact, owner } = conversion
  if (account !== undefined && world.table('Accounts').get(account) === undefined) return bad('Accounts')
  if (contact !== undefined && world.table('Contacts').get(contact) === undefined) return bad('Contacts')
  return owner !== undefined && userById(world.org(), owner) === undefined ? bad('assign_to') : undefined
}

interface Converting {
  readonly lead: StoredRecord
  readonly conversion: LeadConversion
}

function perform(converter: Converter, converting: Converting, plan: LeadPlan): ConvertedLead {
  const { world } = converter
  const { lead, conversion } = converting
  const changes: Change[] = []
  const place = inPlaceFor(world, conversion)
  const write = (planned: Planned | undefined, links: JsonObject) =>
    planned === undefined ? undefined : made(converter, linked(planned, links), changes)
  const account = write(plan.account, {}) ?? place.account ?? null
  const toAccount = account === null ? {} : { Account_Name: { id: account.id } }
  const contact = write(plan.contact, toAccount) ?? place.contact
  if (contact === undefined) throw new Error('a conversion without a contact')
  const deal = write(plan.deal, { ...toAccount, Contact_Name: { id: contact.id } }) ?? null
  const converted = marked(converter, converting, { account, contact, deal })
  const module = standardModule(world, 'Leads')
  const affected = [...affectedFields(module, lead, converted), 'Modified_Time']
  if (world.switches.is('notifyConversion', 'update')) {
    const session = sessionOf(converter, module, changes)
    changes.push(changeOf(session, { operation: 'update', record: converted, before: lead, affected }))
  }
  world.publish(changes)
  return { ok: true, lead: converted, account, contact, deal }
}

/** New records point at what was made before them; existing ones keep their own links. */
function linked(planned: Planned, links: JsonObject): Planned {
  return planned.before === undefined ? { ...planned, input: { ...planned.input, ...links } } : planned
}

/** The lead stays, with what became of it in its `Converted_*` fields. */
function marked(
  converter: Converter,
  converting: Converting,
  became: Pick<ConvertedLead, 'account' | 'contact' | 'deal'>,
): StoredRecord {
  const { world, user } = converter
  const nowMs = world.second()
  const converted: StoredRecord = {
    ...converting.lead,
    values: {
      ...converting.lead.values,
      Converted__s: true,
      Converted_Account: became.account?.id ?? null,
      Converted_Contact: became.contact.id,
      Converted_Deal: became.deal?.id ?? null,
      Converted_Date_Time: nowMs,
    },
    modifiedMs: nowMs,
    modifiedBy: user.id,
  }
  world.save('Leads', converted)
  return converted
}
