import { ok, type RemoteOutcome } from '../../model/outcome.ts'
import type { ZohoCallback } from './oauth.ts'
import { isSameSecret } from './webhook.ts'

/** Zoho's redirect back to us (zoho-crm.md 1.3). The state is compared before anything of it is believed. */
export function readCallback(query: URLSearchParams, expectedState: string): RemoteOutcome<ZohoCallback> {
  if (!isSameSecret(query.get('state') ?? '', expectedState)) {
    return refused('The sign-in does not belong to this browser. Start again')
  }
  if (query.get('error') !== null) return refused('Zoho was not connected: access was declined')
  const code = query.get('code') ?? ''
  if (code === '') return refused('Zoho sent no authorization code')
  return ok({
    code,
    location: query.get('location') ?? '',
    accountsServer: query.get('accounts-server') ?? '',
  })
}

function refused(message: string): RemoteOutcome<never> {
  return { type: 'refused', code: 'reconnectNeeded', message }
}
