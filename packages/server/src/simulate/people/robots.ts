import { someOf } from '../streams.ts'
import { enterTown, type TownParts } from './town.ts'

/** Two other tools, one in each system, that cannot leave each other's telephone numbers alone. */
export interface Robots {
  /** Called after each of our writes; each robot answers with a number of its own, a limited number of times. */
  answer(side: 'zoho' | 'xero', body: string): Promise<void>
}

/** Enough for the breaker to trip, few enough for a simulation to come to rest. */
const FLIPS_LIMIT = 24

export function createRobots(parts: TownParts): Robots {
  let flips = 0
  let target: { readonly zohoId: string; readonly xeroId: string } | undefined
  return {
    async answer(side, body) {
      if (flips >= FLIPS_LIMIT) return
      const town = await enterTown(parts)
      const linked = town.states.zoho.records.Accounts.filter((one) =>
        town.states.xero.contacts.some(({ id, status }) => id === one.Xero_ID && status === 'ACTIVE'),
      )
      const chosen = someOf(parts.chance, linked)
      target ??= chosen === undefined ? undefined : { zohoId: chosen.id, xeroId: chosen.Xero_ID }
      if (target === undefined || !body.includes(side === 'zoho' ? target.zohoId : target.xeroId)) return
      flips += 1
      const { phone } = town.fresh()
      const shown = JSON.stringify(town.states[side === 'zoho' ? 'zoho' : 'xero'])
      const deed =
        side === 'zoho'
          ? {
              action: 'edit',
              module: 'Accounts',
              id: target.zohoId,
              values: { Phone: phone.zoho },
              // A workflow acts in the name of whoever saved the record.
              userId: town.states.zoho.org.users[0]?.id,
            }
          : {
              action: 'editContact',
              id: target.xeroId,
              fields: {
                Phones: [
                  { PhoneType: 'DEFAULT', PhoneCountryCode: '61', PhoneAreaCode: '02', PhoneNumber: phone.local },
                ],
              },
            }
      if ((await town.act(side, deed)) !== undefined) parts.ledger.replaced(phonesIn(shown))
    },
  }
}

/** Only telephone numbers are replaced by these. */
function phonesIn(shown: string): string {
  return (shown.match(/"(Phone|PhoneNumber)":"[^"]*"/g) ?? []).join(' ')
}
