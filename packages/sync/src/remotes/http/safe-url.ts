const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * A configured base address without trailing slash. Plain http is for the sandbox on this machine only: anywhere else it
 * would carry tokens in clear. Throws on a bad configuration, at start.
 */
export function requireSafeUrl(text: string, name: string): string {
  const url = URL.parse(text)
  if (url === null) throw new Error(`${name} is not a URL`)
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname))
  if (!isSafe) throw new Error(`${name} must be https (http only for localhost)`)
  if (url.username !== '' || url.search !== '' || url.hash !== '') {
    throw new Error(`${name} must be an origin with an optional path`)
  }
  return text.replace(/\/+$/, '')
}
