import { requireSafeUrl } from '../http/safe-url.ts'

/** Where Xero answers (xero.md 1.1); configurable so that the sandbox can stand in. No trailing slash. */
export interface XeroUrls {
  readonly login: string
  readonly identity: string
  readonly api: string
}

const REAL: XeroUrls = {
  login: 'https://login.xero.com',
  identity: 'https://identity.xero.com',
  api: 'https://api.xero.com',
}

/** From XERO_LOGIN_URL, XERO_IDENTITY_URL and XERO_API_URL; empty or absent means the real service. Throws on an unsafe one. */
export function xeroUrls(environment: Readonly<Record<string, string | undefined>>): XeroUrls {
  const read = (name: string, real: string) => requireSafeUrl(environment[name] || real, name)
  return {
    login: read('XERO_LOGIN_URL', REAL.login),
    identity: read('XERO_IDENTITY_URL', REAL.identity),
    api: read('XERO_API_URL', REAL.api),
  }
}
