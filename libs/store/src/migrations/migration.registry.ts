import { Imports1764979200000 } from './imports/imports.migration';
import { Initial1764547200000 } from './initial/initial.migration';
import { MailActs1765584000000 } from './mail-acts/mail-acts.migration';
import { Membership1765497600000 } from './membership/membership.migration';
import { MovingRanks1764633600000 } from './moving-ranks/moving-ranks.migration';
import { Reopening1765065600000 } from './reopening/reopening.migration';
import { SourceCalls1765238400000 } from './source-calls/source-calls.migration';
import { Sources1764720000000 } from './sources/sources.migration';
import { TrapLinks1765152000000 } from './trap-links/trap-links.migration';
import { TraitTimes1764892800000 } from './trait-times/trait-times.migration';

/** Every migration, oldest first. */
export const migrations = [
  Initial1764547200000,
  MovingRanks1764633600000,
  Sources1764720000000,
  TraitTimes1764892800000,
  Imports1764979200000,
  Reopening1765065600000,
  TrapLinks1765152000000,
  SourceCalls1765238400000,
  Membership1765497600000,
  MailActs1765584000000,
];
