import type { RemoteFailure } from '@tandem/sync/model/outcome.ts'
import type { Side } from '@tandem/sync/model/side.ts'
import { type Failed, problem } from '../problem.ts'

const NAMES: Readonly<Record<Side, string>> = { zoho: 'Zoho CRM', xero: 'Xero' }

/** A failed call to a remote as a problem for the person who waits for it. */
export function remoteProblem(side: Side, failure: RemoteFailure): Failed {
  const name = NAMES[side]
  switch (failure.type) {
    case 'throttled':
      return problem('remoteUnavailable', `${name} asks us to slow down.`, 'Try again in a few minutes.')
    case 'unavailable':
    case 'unknown':
      return problem('remoteUnavailable', sentence(`${name}: ${failure.message}`), unreachableFix(side))
    case 'refused':
    case 'disconnected':
      return broken(side, failure)
  }
}

function broken(side: Side, failure: Extract<RemoteFailure, { type: 'refused' | 'disconnected' }>): Failed {
  const prefix = side.toUpperCase()
  const title = sentence(`${NAMES[side]}: ${failure.message}`)
  switch (failure.code) {
    case 'credentialsWrong':
      return problem('badConfiguration', title, `Check ${prefix}_CLIENT_ID and ${prefix}_CLIENT_SECRET.`)
    case 'scopeMissing':
      return problem(
        'remoteRefused',
        title,
        `Sign in again and allow all that is asked: tandem connect ${side} --renew.`,
      )
    case 'reconnectNeeded':
      return problem('remoteRefused', title, `Sign in again: tandem connect ${side}.`)
    default:
      return problem('remoteRefused', title, `The cause is "${failure.code}".`)
  }
}

function unreachableFix(side: Side): string {
  return side === 'zoho'
    ? 'Check ZOHO_ACCOUNTS_URL and the network, then try again.'
    : 'Check XERO_LOGIN_URL, XERO_IDENTITY_URL, XERO_API_URL and the network, then try again.'
}

function sentence(text: string): string {
  const trimmed = text.trim().slice(0, 300)
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`
}
