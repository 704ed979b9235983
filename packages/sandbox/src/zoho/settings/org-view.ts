import type { ApiCall } from '../api/route.ts'
import { renderInstant } from '../model/instants.ts'

/** `GET /org` (zoho-crm.md 5): `currency` is display text, `iso_code` the code; a tenant is `zgid` plus data centre. */
export function orgView(call: ApiCall): Record<string, unknown> {
  const org = call.world.org()
  const [base] = org.currencies
  const at = (ms: number) => renderInstant(ms, call.user.timeZone)
  return {
    ...FIXED,
    id: org.id,
    zgid: org.zgid,
    ezgid: `e${org.zgid}`,
    company_name: org.name,
    domain_name: `org${org.zgid}`,
    primary_email: org.users[0].email,
    primary_zuid: org.users[0].zuid,
    currency: base.name,
    iso_code: base.code,
    currency_symbol: base.symbol,
    mc_status: call.world.switches.is('multiCurrency', 'on'),
    time_zone: org.timeZone,
    created_time: at(org.createdMs),
    license_details: {
      paid: !call.world.switches.is('edition', 'free'),
      paid_type: call.world.switches.get('edition'),
      paid_expiry: at(org.createdMs + 2 * 365 * 86_400_000),
      users_license_purchased: org.users.length,
      trial_type: null,
      trial_expiry: null,
      trial_action: 'none',
    },
  }
}

const FIXED = {
  type: 'production',
  country: 'Australia',
  country_code: 'AU',
  currency_locale: 'en_AU',
  photo_id: null,
  city: null,
  state: null,
  street: null,
  zip: null,
  fax: null,
  mobile: null,
  phone: '',
  description: null,
  alias: null,
  gapps_enabled: false,
  translation_enabled: false,
  deletable_org_account: false,
  zia_portal_id: null,
  zia_zgid: 0,
  hierarchy_preferences: { type: 'Role_Hierarchy', strictly_reporting: false },
  privacy_settings: false,
  hipaa_compliance_enabled: false,
  lite_users_enabled: false,
  max_per_page: 200,
  call_icon: 'mail',
  oauth_presence: true,
  checkin_preferences: { restricted_event_types: null },
} as const
