import { ok, type RemoteOutcome } from '../../model/outcome.ts'

/**
 * Zoho's data centres (zoho-crm.md 1.1). The callback names an accounts server, and anybody can forge a callback: the
 * client secret is posted only to servers of this list, or to the one that the operator configured.
 */
export interface DataCentre {
  readonly location: string
  readonly accountsServer: string
  /** Production first, then the hosts of sandbox and developer orgs. */
  readonly apiDomains: readonly [string, ...string[]]
}

const dataCentre = (location: string, accountsServer: string, tld: string): DataCentre => ({
  location,
  accountsServer: `https://${accountsServer}`,
  apiDomains: [`https://www.zohoapis.${tld}`, `https://sandbox.zohoapis.${tld}`, `https://developer.zohoapis.${tld}`],
})

export const DATA_CENTRES: readonly DataCentre[] = [
  dataCentre('us', 'accounts.zoho.com', 'com'),
  dataCentre('eu', 'accounts.zoho.eu', 'eu'),
  dataCentre('in', 'accounts.zoho.in', 'in'),
  dataCentre('au', 'accounts.zoho.com.au', 'com.au'),
  dataCentre('jp', 'accounts.zoho.jp', 'jp'),
  dataCentre('ca', 'accounts.zohocloud.ca', 'ca'),
  dataCentre('sa', 'accounts.zoho.sa', 'sa'),
  dataCentre('cn', 'accounts.zoho.com.cn', 'com.cn'),
  dataCentre('uk', 'accounts.zoho.uk', 'uk'),
]

export interface NamedServer {
  /** The callback's `location`; '' when it names none. */
  readonly location: string
  /** The callback's `accounts-server`; '' when it names none. */
  readonly accountsServer: string
  /** ZOHO_ACCOUNTS_URL. */
  readonly configured: string
}

/**
 * The accounts server that may be given the client secret, without a slash at its end.
 * Refused with `organisationUnreachable` when it is neither the configured one nor the listed one of its location.
 */
export function trustAccountsServer(named: NamedServer): RemoteOutcome<string> {
  const listed = DATA_CENTRES.find((entry) => entry.location === named.location)
  const wanted = trimmed(named.accountsServer || listed?.accountsServer || named.configured)
  const url = safeUrl(wanted)
  if (url === undefined) return distrust('The callback names an accounts server that is not a secure address')
  if (isConfigured(url, wanted, named.configured)) return ok(wanted)
  if (listed !== undefined && wanted === listed.accountsServer) return ok(wanted)
  return distrust(`${url.host} is not the accounts server of the data centre ${named.location || '(none named)'}`)
}

/** A local sandbox serves all its data centres from one port, so there the origin decides. */
function isConfigured(url: URL, wanted: string, configured: string): boolean {
  if (wanted === trimmed(configured)) return true
  const own = safeUrl(configured)
  return own !== undefined && isLoopback(own) && own.origin === url.origin
}

/**
 * The api_domain of a token answer, without a slash at its end, when it belongs to the accounts server that gave it.
 * Loopback is believed only from a loopback accounts server.
 */
export function trustApiDomain(apiDomain: string, accountsServer: string): RemoteOutcome<string> {
  const wanted = trimmed(apiDomain)
  const url = safeUrl(wanted)
  const giver = safeUrl(accountsServer)
  if (url === undefined || giver === undefined) return distrust('Zoho named an API domain that is not a secure address')
  if (isLoopback(giver)) {
    return isLoopback(url) ? ok(wanted) : distrust(`A local accounts server may not name ${url.host} as API domain`)
  }
  const listed = DATA_CENTRES.filter((entry) => entry.accountsServer === trimmed(accountsServer))
  const candidates = listed.length > 0 ? listed : DATA_CENTRES
  if (candidates.some((entry) => entry.apiDomains.includes(wanted))) return ok(wanted)
  return distrust(`${url.host} is not an API domain of ${giver.host}`)
}

/** The location of an accounts server; undefined for a configured one outside the list. */
export function locationOf(accountsServer: string): string | undefined {
  return DATA_CENTRES.find((entry) => entry.accountsServer === trimmed(accountsServer))?.location
}

/** https, or http on this very machine; nothing that hides a user name, a query or a fragment. */
function safeUrl(text: string): URL | undefined {
  const url = URL.parse(text)
  if (url === null || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return undefined
  if (url.protocol === 'https:') return url
  return url.protocol === 'http:' && isLoopback(url) ? url : undefined
}

function isLoopback(url: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, '')
}

function distrust(message: string): RemoteOutcome<never> {
  return { type: 'refused', code: 'organisationUnreachable', message }
}
