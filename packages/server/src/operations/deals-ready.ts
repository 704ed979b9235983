import { dealFaults } from '@tandem/sync/mapping/generate.ts'
import type { ReferenceData } from '@tandem/sync/model/reference.ts'
import type { ConnectionSettings } from '@tandem/sync/model/settings.ts'
import type { Connection } from '@tandem/sync/store/contract.ts'
import { remoteProblem } from '../gateway/remote-problem.ts'
import { type Answer, answer, type Failed, problem } from '../problem.ts'
import type { Tandem } from '../tandem.ts'

/**
 * The settings as they are stored when won deals are switched on or changed: with the CRM fields that a deal shows its
 * invoice in, the stages compared with the organisation's own, and the moment from which a deal counts as won (R37). The
 * same object where nothing was to do. A problem: nothing is stored.
 */
export async function withDealsReady(
  tandem: Tandem,
  connection: Connection,
  wanted: ConnectionSettings,
): Promise<Answer<ConnectionSettings>> {
  if (!wanted.wonDeals.isOn) return answer(wanted)
  const isNew = !connection.settings.wonDeals.isOn
  const settings = isNew ? sinceNow(tandem, connection, wanted) : wanted
  if (connection.state !== 'ready') return answer(settings)
  const isInPlace = settings.provisioned.dealInvoiceId !== '' && connection.reference?.zoho.fields.Deals !== undefined
  if (!isNew && isInPlace && connection.reference !== null) return judged(settings, connection.reference)
  const prepared = await tandem.gateway.prepare({ ...connection, settings })
  if (prepared.type === 'problem') return prepared
  const unreadable = await cannotRead(tandem, prepared.value.settings, connection)
  if (unreadable !== null) return unreadable
  const ready = judged({ ...settings, provisioned: prepared.value.settings.provisioned }, prepared.value.reference)
  if (ready.type === 'ok')
    await tandem.store.connections.saveReference(connection.id, prepared.value.reference, tandem.clock.now())
  return ready
}

/** No deal has this id: the answer tells only whether deals, their products and quotes may be read at all. */
const NO_DEAL = '1'

/** An older sign-in has no right to read deals: told now, and not by a sync that stops at the first one that is won. */
async function cannotRead(
  tandem: Tandem,
  settings: ConnectionSettings,
  connection: Connection,
): Promise<Failed | null> {
  const { zoho } = await tandem.gateway.openRemotes({ ...connection, settings }, 'interactive')
  const read = await zoho.readDealPapers([NO_DEAL])
  return read.type === 'ok' ? null : remoteProblem('zoho', read)
}

/** What was won before is left alone, unless the person says from when on it counts. */
function sinceNow({ clock }: Tandem, { settings }: Connection, wanted: ConnectionSettings): ConnectionSettings {
  const { wonDeals } = wanted
  if (wonDeals.since !== settings.wonDeals.since) return wanted
  return { ...wanted, wonDeals: { ...wonDeals, since: new Date(clock.now()).toISOString() } }
}

function judged(settings: ConnectionSettings, reference: ReferenceData): Answer<ConnectionSettings> {
  const [first, ...others] = dealFaults(settings, reference).map((fault) => fault.detail)
  if (first === undefined) return answer(settings)
  const title = `Won deals cannot become invoices so. ${[first, ...others].join('. ')}.`
  return problem('badInput', title, 'Nothing was changed.')
}
