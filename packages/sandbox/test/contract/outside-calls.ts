import type { Api } from './specs-folder.ts'

/** Calls that the vendors' files do not cover: consent, tokens, discovery, and the sandboxes' own pages and controls. */
const OUTSIDE: Readonly<Record<Api, RegExp>> = {
  xero: /^\/($|__sandbox|identity\/|connect\/|\.well-known\/)/,
  zoho: /^\/($|__sandbox|oauth\/|\.well-known\/|accounts\/|crm\/(org|EntityInfo|tab)|crm\/v8\/settings\/automation\/)/,
}

export function isOutsideSpecs(api: Api, path: string): boolean {
  return OUTSIDE[api].test(path)
}
