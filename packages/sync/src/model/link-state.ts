/** What a link is going through (design section 3). */
export type LinkState =
  | 'pendingMatch'
  | 'creating'
  | 'linked'
  | 'conflicted'
  | 'held'
  | 'failed'
  | 'detached'
  | 'tombstoned'

/** What can happen to a link. */
export type LinkEvent =
  /** A partner was found, or chosen by a person. */
  | 'matched'
  /** The create of the partner is committed as an op. */
  | 'createIntended'
  | 'createConfirmed'
  /** The create was superseded before it was sent, or proven not to have happened. */
  | 'createAbandoned'
  /** A field waits for a person (policy ask). */
  | 'conflictOpened'
  | 'conflictResolved'
  /** All of it waits. */
  | 'heldForPerson'
  /** A remote refused its content. */
  | 'refused'
  /** Released or retried with both partners known. */
  | 'reopenedWhole'
  /** Released or retried while one side is still missing. */
  | 'reopenedHalf'
  /** Kept apart on purpose, or by undo. */
  | 'detachedByPerson'
  | 'bothSidesGone'
  /** A record came back from a recycle bin. */
  | 'restored'
  /** The same, and what we had deleted of its partner cannot come back: it gets a new one (R12c). */
  | 'restoredHalf'

export type Transition = LinkState | 'Refused'

/** The whole machine, literally: a missing cell is a type error. SPEC.md shows the same table. */
export const LINK_TRANSITIONS: Readonly<Record<LinkState, Readonly<Record<LinkEvent, Transition>>>> = {
  pendingMatch: {
    matched: 'linked',
    createIntended: 'creating',
    // A plan that waited for its approval creates what a later plan had given up.
    createConfirmed: 'linked',
    createAbandoned: 'pendingMatch',
    conflictOpened: 'conflicted',
    conflictResolved: 'Refused',
    heldForPerson: 'held',
    refused: 'failed',
    reopenedWhole: 'Refused',
    reopenedHalf: 'pendingMatch',
    detachedByPerson: 'detached',
    bothSidesGone: 'tombstoned',
    restored: 'Refused',
    restoredHalf: 'Refused',
  },
  creating: {
    matched: 'linked',
    createIntended: 'creating',
    createConfirmed: 'linked',
    createAbandoned: 'pendingMatch',
    conflictOpened: 'Refused',
    conflictResolved: 'Refused',
    heldForPerson: 'held',
    refused: 'failed',
    reopenedWhole: 'Refused',
    reopenedHalf: 'creating',
    detachedByPerson: 'Refused',
    bothSidesGone: 'Refused',
    restored: 'Refused',
    restoredHalf: 'Refused',
  },
  linked: {
    matched: 'linked',
    createIntended: 'linked',
    createConfirmed: 'linked',
    createAbandoned: 'linked',
    conflictOpened: 'conflicted',
    conflictResolved: 'linked',
    heldForPerson: 'held',
    refused: 'failed',
    reopenedWhole: 'linked',
    reopenedHalf: 'Refused',
    detachedByPerson: 'detached',
    bothSidesGone: 'tombstoned',
    restored: 'linked',
    restoredHalf: 'pendingMatch',
  },
  conflicted: {
    matched: 'Refused',
    createIntended: 'conflicted',
    createConfirmed: 'conflicted',
    createAbandoned: 'conflicted',
    conflictOpened: 'conflicted',
    conflictResolved: 'linked',
    heldForPerson: 'held',
    refused: 'failed',
    reopenedWhole: 'linked',
    reopenedHalf: 'Refused',
    detachedByPerson: 'detached',
    bothSidesGone: 'tombstoned',
    restored: 'conflicted',
    restoredHalf: 'pendingMatch',
  },
  held: {
    matched: 'linked',
    createIntended: 'creating',
    createConfirmed: 'linked',
    createAbandoned: 'held',
    conflictOpened: 'conflicted',
    conflictResolved: 'linked',
    heldForPerson: 'held',
    refused: 'failed',
    reopenedWhole: 'linked',
    reopenedHalf: 'pendingMatch',
    detachedByPerson: 'detached',
    bothSidesGone: 'tombstoned',
    restored: 'linked',
    restoredHalf: 'pendingMatch',
  },
  failed: {
    matched: 'linked',
    createIntended: 'creating',
    createConfirmed: 'linked',
    createAbandoned: 'failed',
    conflictOpened: 'conflicted',
    conflictResolved: 'linked',
    heldForPerson: 'held',
    refused: 'failed',
    reopenedWhole: 'linked',
    reopenedHalf: 'pendingMatch',
    detachedByPerson: 'detached',
    bothSidesGone: 'tombstoned',
    restored: 'linked',
    restoredHalf: 'pendingMatch',
  },
  detached: {
    matched: 'Refused',
    createIntended: 'Refused',
    // The answer to a write that was under way when a person set the two apart: apart they stay.
    createConfirmed: 'detached',
    createAbandoned: 'detached',
    conflictOpened: 'Refused',
    conflictResolved: 'Refused',
    heldForPerson: 'detached',
    refused: 'detached',
    reopenedWhole: 'linked',
    reopenedHalf: 'pendingMatch',
    detachedByPerson: 'detached',
    bothSidesGone: 'tombstoned',
    restored: 'Refused',
    restoredHalf: 'Refused',
  },
  tombstoned: {
    matched: 'Refused',
    createIntended: 'Refused',
    createConfirmed: 'Refused',
    createAbandoned: 'Refused',
    conflictOpened: 'Refused',
    conflictResolved: 'Refused',
    heldForPerson: 'Refused',
    refused: 'Refused',
    reopenedWhole: 'Refused',
    reopenedHalf: 'Refused',
    detachedByPerson: 'Refused',
    bothSidesGone: 'tombstoned',
    restored: 'linked',
    restoredHalf: 'pendingMatch',
  },
}

/** The next state; a refused transition is a bug of the caller and throws. */
export function nextLinkState(state: LinkState, event: LinkEvent): LinkState {
  const next = LINK_TRANSITIONS[state][event]
  if (next === 'Refused') throw new Error(`A ${state} link refuses ${event}`)
  return next
}
