import type { KindMapping } from '../mapping/contract.ts'
import { type Collection, collectionsOf, isForerunner } from '../model/kind.ts'
import { mainPart } from '../model/link.ts'
import type { RemoteRecord } from '../model/record.ts'
import type { LinkSubject } from '../plan/input.ts'
import type { Walk } from '../walk.ts'
import { readOrStop } from './call.ts'
import type { ViewSource } from './view-source.ts'
import { chosenPrimary, companyView } from './views.ts'

interface Asked {
  readonly subjects: readonly LinkSubject[]
  readonly source: ViewSource
}

type ByLink = ReadonlyMap<string, RemoteRecord>

/** Who has taken the place of CRM records that do not say so themselves: leads that are gone, companies of persons. */
export async function otherwiseFound(walk: Walk, mapping: KindMapping, asked: Asked): Promise<ByLink> {
  if (mapping.kind !== 'contact') return new Map()
  return new Map([...(await byReference(walk, asked)), ...(await personsOfCompanies(walk, mapping, asked))])
}

function customers(walk: Walk): Collection {
  return collectionsOf('contact', 'zoho', walk.connection.settings.customerModel)[0]
}

/**
 * A lead that cannot be read any more, or whose conversion does not tell what came of it: whoever carries our
 * cross-reference now is the one, if conversion took it along or a person has put it there.
 */
async function byReference(walk: Walk, { subjects }: Asked): Promise<ByLink> {
  const collection = customers(walk)
  const field = walk.connection.settings.provisioned.xeroId[collection] ?? ''
  const asking = subjects.filter((subject) => mayHaveGone(subject, collection))
  if (field === '' || asking.length === 0) return new Map()
  const xeroIds = asking.flatMap(({ link }) => mainPart(link, 'xero')?.remoteId ?? [])
  const keys = xeroIds.map((value) => ({ field, value }))
  const sentAt = walk.ports.clock.monotonic()
  const found = await readOrStop(walk, () => walk.remotes.zoho.findByKey(collection, keys))
  walk.cache.add(found, sentAt)
  return new Map(
    asking.flatMap(({ link }) => {
      const xeroId = mainPart(link, 'xero')?.remoteId
      const [one, ...others] = found.filter((record) => record.fields[field] === xeroId)
      return one === undefined || others.length > 0 ? [] : [[link.id, one] as const]
    }),
  )
}

function mayHaveGone({ link, zoho, marks }: LinkSubject, customer: Collection): boolean {
  const part = mainPart(link, 'zoho')
  if (part === undefined || !isForerunner(part.collection)) return false
  // A customer that names the lead's Xero contact was marked, and is planned with it.
  return zoho.main?.life !== 'live' || marks.some(({ side, collection }) => side === 'zoho' && collection === customer)
}

/** Companies that were customers before persons became them (R13): their primary person. */
async function personsOfCompanies(walk: Walk, { people }: KindMapping, { subjects, source }: Asked): Promise<ByLink> {
  if (people === undefined || customers(walk) !== people.collection) return new Map()
  const companies = subjects.flatMap(({ link, zoho: { main } }) =>
    main === null || main.collection !== 'Accounts' ? [] : [{ link, main }],
  )
  if (companies.length === 0) return new Map()
  const sentAt = walk.ports.clock.monotonic()
  const persons = await readOrStop(walk, () => walk.remotes.zoho.readPersons(companies.map(({ main }) => main.id)))
  walk.cache.add(persons, sentAt)
  return new Map(
    companies.flatMap(({ link, main }) => {
      const own = persons.filter((person) => people.companyOf(person) === main.id)
      const choice = { rules: people, context: source.context, chosenId: chosenPrimary(link) }
      const { primary } = companyView(main, own, choice)
      return primary === null ? [] : [[link.id, primary] as const]
    }),
  )
}
