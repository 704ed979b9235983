import { html } from 'hono/html'
import { page } from '../pages/layout.ts'

export interface ConsentRequest {
  readonly query: URLSearchParams
  readonly scopes: readonly string[]
  readonly orgName: string
  readonly userName: string
}

/** What the user sees before a code is issued (zoho-crm.md 1.3). Both buttons repeat the request with a decision. */
export function consentPage(request: ConsentRequest) {
  const hidden = [...request.query].map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  )
  return page(
    'Allow access',
    html`<main class="narrow">
      <h1>Allow access to ${request.orgName}?</h1>
      <p>Signed in as <strong>${request.userName}</strong>. The application asks for:</p>
      <ul class="scopes">${request.scopes.map((scope) => html`<li><code>${scope}</code></li>`)}</ul>
      <form method="get" action="">
        ${hidden}
        <button name="__auto" value="approve" class="primary">Accept</button>
        <button name="__auto" value="deny">Reject</button>
      </form>
    </main>`,
  )
}

export function errorPage(code: string) {
  return page('Error', html`<main class="narrow"><h1>An error occurred</h1><p><code>${code}</code></p></main>`)
}
