import type { PeopleRates } from '../scenario.ts'
import { weighted } from '../streams.ts'
import { createSomething } from './creates.ts'
import { handleCredit } from './credit.ts'
import { disposeOfSomething } from './disposals.ts'
import { editBothSides, editSomething, typeInHalves } from './edits.ts'
import { importRows } from './imports.ts'
import { handleLeads } from './leads.ts'
import { handleMoney } from './money.ts'
import { handlePayments } from './payments.ts'
import { buySomething } from './purchasing.ts'
import { mergeSomething, removeSomething } from './removals.ts'
import { sellSomething } from './sales.ts'
import { enterTown, type Town, type TownParts } from './town.ts'
import { trackSomething } from './tracking.ts'

/** The people of one business, on both sides. */
export interface People {
  /** One of them does something; true when a system let them. */
  doSomething(): Promise<boolean>
}

export interface PeopleParts extends TownParts {
  readonly rates: PeopleRates
  readonly pause: () => Promise<void>
}

export function createPeople(parts: PeopleParts): People {
  const enter = () => enterTown(parts)
  const deeds = deedsOf(parts, enter)
  return {
    async doSomething() {
      const deed = weighted(parts.chance, deeds)
      return deed === undefined ? false : deed.run(await enter())
    },
  }
}

function deedsOf({ rates, pause }: PeopleParts, enter: () => Promise<Town>) {
  return [
    { weight: rates.edit, run: editSomething },
    { weight: rates.sameFieldOnBoth, run: editBothSides },
    { weight: rates.halfTyped, run: (town: Town) => typeInHalves(town, pause, enter) },
    { weight: rates.create, run: createSomething },
    { weight: rates.money, run: handleMoney },
    { weight: rates.credit, run: handleCredit },
    { weight: rates.sell, run: sellSomething },
    { weight: rates.leads, run: handleLeads },
    { weight: rates.buy, run: buySomething },
    { weight: rates.track, run: trackSomething },
    { weight: rates.remove, run: removeSomething },
    { weight: rates.dispose, run: disposeOfSomething },
    { weight: rates.typePayments, run: handlePayments },
    { weight: rates.merge, run: mergeSomething },
    { weight: rates.import, run: importRows },
  ]
}
