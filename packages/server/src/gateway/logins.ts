import { createXeroLogin, type XeroLogin } from '@tandem/sync/remotes/xero/oauth.ts'
import type { XeroUrls } from '@tandem/sync/remotes/xero/urls.ts'
import { DATA_CENTRES } from '@tandem/sync/remotes/zoho/data-centres.ts'
import type { ZohoApp } from '@tandem/sync/remotes/zoho/oauth.ts'
import type { ZohoEnd } from '@tandem/sync/store/contract.ts'
import { type Config, isLoopback } from '../config.ts'
import { type GatewayParts, redirectUri } from './parts.ts'

export function zohoApp({ config, network }: Pick<GatewayParts, 'config' | 'network'>): ZohoApp {
  const { clientId, clientSecret, accountsUrl } = config.zoho
  return { network, clientId, clientSecret, accountsUrl, redirectUri: redirectUri(config, 'zoho') }
}

export function xeroUrls({ xero }: Config): XeroUrls {
  return { login: xero.loginUrl, identity: xero.identityUrl, api: xero.apiUrl }
}

export function xeroLogin({ config, network }: Pick<GatewayParts, 'config' | 'network'>): XeroLogin {
  const { clientId, clientSecret } = config.xero
  return createXeroLogin({ network, urls: xeroUrls(config), app: { clientId, clientSecret } })
}

/** Where this org's tokens are refreshed. A sandbox serves accounts and API of a data centre at one address. */
export function accountsServerOf(end: Pick<ZohoEnd, 'apiDomain' | 'dataCentre'>, config: Config): string {
  if (isLoopback(end.apiDomain)) return end.apiDomain
  return DATA_CENTRES.find((one) => one.location === end.dataCentre)?.accountsServer ?? config.zoho.accountsUrl
}
