import { chosenPrimary, companyView } from './detect/views.ts'
import type { EnginePorts, Remotes } from './engine.ts'
import { contactName } from './mapping/contact/contact-keys.ts'
import { companyOfPerson } from './mapping/contact/former-model.ts'
import { personRules } from './mapping/contact/persons.ts'
import type { Code } from './model/codes.ts'
import { type Collection, type CustomerModel, collectionsOf, isForerunner } from './model/kind.ts'
import { type Link, mainPart } from './model/link.ts'
import type { RemoteOutcome } from './model/outcome.ts'
import { type RecordRef, type RemoteRecord, refKey } from './model/record.ts'
import type { ConnectionSettings } from './model/settings.ts'
import type { Connection } from './store/contract.ts'

/** What another customer model would do with one link (R13): the same Xero contact, another record of the CRM. */
export interface Relink {
  readonly linkId: string
  /** As people know the customer. */
  readonly title: string
  readonly xeroId: string
  readonly from: RecordRef
  /** null: nobody takes its place, `code` tells why, and a person is asked. */
  readonly to: (RecordRef & { readonly title: string }) | null
  readonly code: Code | null
}

export interface RelinkPreview {
  readonly relinks: readonly Relink[]
  /** Links whose record in the CRM stays what it is. */
  readonly unchanged: number
}

export type RelinkOutcome =
  | { readonly type: 'preview'; readonly preview: RelinkPreview }
  | { readonly type: 'busy' }
  | { readonly type: 'failed'; readonly message: string }

type Ports = Pick<EnginePorts, 'store' | 'chance' | 'openRemotes'>

const LEASE_MS = 30_000

/** Reads what the links are and what would take their places; writes nothing, neither here nor there. */
export async function previewRelinks(
  ports: Ports,
  connection: Connection,
  customerModel: CustomerModel,
): Promise<RelinkOutcome> {
  const lane = await ports.store.claimLane(connection.id, ports.chance.uuid(), LEASE_MS)
  if (lane === undefined) return { type: 'busy' }
  try {
    const ids = (await lane.mainParts('contact', 'zoho')).map(({ linkId }) => linkId)
    const links = await lane.linksByIds(ids)
    const settings = { ...connection.settings, customerModel }
    const [wanted] = collectionsOf('contact', 'zoho', customerModel)
    const moving = links.filter((link) => isMoving(link, wanted))
    const remotes = await ports.openRemotes({ ...connection, settings }, 'interactive')
    const found = await takersOf(moving, { settings, wanted, remotes })
    if (found.type !== 'ok') return { type: 'failed', message: messageOf(found) }
    const holders = holdersOf(links.filter((link) => !moving.includes(link)))
    return {
      type: 'preview',
      preview: { relinks: relinksOf(moving, found.value, holders), unchanged: links.length - moving.length },
    }
  } finally {
    await lane.release()
  }
}

/** A lead goes on to whatever its conversion makes, by any model; what a person keeps out stays out. */
function isMoving(link: Link, wanted: Collection): boolean {
  const part = mainPart(link, 'zoho')
  if (part === undefined || part.remoteId === null || link.state === 'detached') return false
  return part.collection !== wanted && !isForerunner(part.collection)
}

interface Next {
  readonly settings: ConnectionSettings
  readonly wanted: Collection
  readonly remotes: Remotes
}

/** By link: the record that would take the place of its present one. */
async function takersOf(links: readonly Link[], next: Next): Promise<RemoteOutcome<ReadonlyMap<string, RemoteRecord>>> {
  return next.wanted === 'Contacts' ? personsOf(links, next) : companiesOf(links, next)
}

async function companiesOf(
  links: readonly Link[],
  { settings, wanted, remotes: { zoho } }: Next,
): Promise<RemoteOutcome<ReadonlyMap<string, RemoteRecord>>> {
  const persons = await zoho.readMany('Contacts', links.flatMap(zohoIdOf))
  if (persons.type !== 'ok') return persons
  const companyIds = new Map(
    persons.value.flatMap((person) => {
      const company = companyOfPerson(person, settings)
      return company === null ? [] : [[person.id, company.remoteId] as const]
    }),
  )
  const companies = await zoho.readMany(wanted, [...new Set(companyIds.values())])
  if (companies.type !== 'ok') return companies
  const byId = new Map(companies.value.map((company) => [company.id, company]))
  const taker = (link: Link) => byId.get(companyIds.get(zohoIdOf(link)[0] ?? '') ?? '')
  return { type: 'ok', value: byLink(links, taker) }
}

async function personsOf(
  links: readonly Link[],
  { settings, remotes: { zoho } }: Next,
): Promise<RemoteOutcome<ReadonlyMap<string, RemoteRecord>>> {
  const persons = await zoho.readPersons(links.flatMap(zohoIdOf))
  if (persons.type !== 'ok') return persons
  const taker = (link: Link) => {
    const own = persons.value.filter((person) => personRules.companyOf(person) === zohoIdOf(link)[0])
    return (
      companyView(null, own, { rules: personRules, context: { settings }, chosenId: chosenPrimary(link) }).primary ??
      undefined
    )
  }
  return { type: 'ok', value: byLink(links, taker) }
}

function byLink(
  links: readonly Link[],
  taker: (link: Link) => RemoteRecord | undefined,
): ReadonlyMap<string, RemoteRecord> {
  return new Map(
    links.flatMap((link) => {
      const record = taker(link)
      return record === undefined ? [] : [[link.id, record] as const]
    }),
  )
}

/** As planning decides it: of several that find the same record, the first by its link has it. */
function relinksOf(
  links: readonly Link[],
  takers: ReadonlyMap<string, RemoteRecord>,
  holders: ReadonlySet<string>,
): readonly Relink[] {
  const taken = new Set(holders)
  return [...links]
    .sort((left, right) => (left.id < right.id ? -1 : 1))
    .map((link) => {
      const record = takers.get(link.id)
      const key = record === undefined ? '' : refKey(refOf(record))
      const isTaken = taken.has(key)
      if (record !== undefined) taken.add(key)
      const [remoteId = ''] = zohoIdOf(link)
      const from: RecordRef = { side: 'zoho', collection: mainPart(link, 'zoho')?.collection ?? 'Accounts', remoteId }
      const told = { linkId: link.id, title: titleOf(link), xeroId: mainPart(link, 'xero')?.remoteId ?? '', from }
      if (record === undefined) return { ...told, to: null, code: 'customerModelUnfit' as const }
      if (isTaken) return { ...told, to: null, code: 'partnerTaken' as const }
      return { ...told, to: { ...refOf(record), title: contactName(record) }, code: null }
    })
}

/** Records that links have which stay as they are. */
function holdersOf(links: readonly Link[]): ReadonlySet<string> {
  return new Set(
    links.flatMap((link) =>
      link.parts.flatMap(({ side, collection, remoteId }) =>
        remoteId === null ? [] : [refKey({ side, collection, remoteId })],
      ),
    ),
  )
}

function zohoIdOf(link: Link): readonly string[] {
  const remoteId = mainPart(link, 'zoho')?.remoteId ?? null
  return remoteId === null ? [] : [remoteId]
}

/** From what the link remembers: no read is needed for a name. */
function titleOf(link: Link): string {
  const names = [mainPart(link, 'xero'), mainPart(link, 'zoho')].map((part) => part?.shadow.name?.value)
  return names.find((name) => typeof name === 'string' && name !== '')?.toString() ?? link.id
}

function refOf({ side, collection, id }: RemoteRecord): RecordRef {
  return { side, collection, remoteId: id }
}

function messageOf(failure: Exclude<RemoteOutcome<unknown>, { readonly type: 'ok' }>): string {
  return failure.type === 'throttled' ? 'Zoho CRM asks to slow down: try again later' : failure.message
}
