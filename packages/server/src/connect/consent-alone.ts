import { isLoopback } from '../config.ts'
import { type Answer, answer, problem } from '../problem.ts'

/**
 * Gives consent without a browser, by following the redirect: only a sandbox on this machine lets itself be asked so.
 * A real consent page needs the person.
 */
export async function consentAlone(authorizeUrl: string): Promise<Answer<null>> {
  if (!isLoopback(authorizeUrl)) {
    return problem('badInput', 'Consent without a browser works against a sandbox only.', `Open ${authorizeUrl}`)
  }
  try {
    const asked = await fetch(authorizeUrl, { redirect: 'manual', headers: { 'x-sandbox-auto': 'approve' } })
    const decided = asked.headers.get('location') === null ? await pressAllow(authorizeUrl) : asked
    const back = decided.headers.get('location')
    if (back === null) {
      const text = (await decided.text())
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, 120)
      return problem(
        'remoteRefused',
        `The sandbox refused the sign-in: ${text}.`,
        'Check the client id and the redirect URI.',
      )
    }
    const arrived = await fetch(new URL(back, authorizeUrl), { redirect: 'manual' })
    await arrived.body?.cancel()
    return answer(null)
  } catch {
    return problem(
      'remoteUnavailable',
      `Nothing answers at ${new URL(authorizeUrl).origin}, or the callback could not be delivered.`,
      'Is the sandbox running? tandem sandbox.',
    )
  }
}

/** What the sandbox's own consent page does when a person presses its button. */
function pressAllow(authorizeUrl: string): Promise<Response> {
  const url = new URL(authorizeUrl)
  url.searchParams.set('decision', 'allow')
  return fetch(url, { method: 'POST', redirect: 'manual' })
}
