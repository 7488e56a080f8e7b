import type { CellType, ImportKind } from '@rekindle/contracts';

/** A field that columns of a kind may become. */
export interface ImportField {
  target: string;
  type: CellType;
  /** Names of columns (lower case, words by blanks) that mean it. */
  names: RegExp;
}

/** What a file of one kind may hold. */
export interface ImportKindFields {
  fields: readonly ImportField[];
  /** What every other column becomes: `trait:`, `property:` or nothing. */
  rest: 'trait' | 'property' | null;
  /** Of each group, one field or constant has to be there. */
  needs: readonly { oneOf: readonly string[]; message: string }[];
}

const userId: ImportField = {
  target: 'userId',
  type: 'text',
  names:
    /^(user|lead|contact|customer|prospect|mql|opportunity|deal|person|member|external|record|distinct)? ?(id|uuid|key)$|^(user|distinct id|sales agent)$/,
};
const email: ImportField = { target: 'email', type: 'text', names: /^(work |business )?e ?mail( address)?$/ };
const anonymousId: ImportField = {
  target: 'anonymousId',
  type: 'text',
  names: /^(anonymous|session|visitor|device|cookie) ?id$/,
};
const groupId: ImportField = {
  target: 'groupId',
  type: 'text',
  names: /^(group|company|account|organi[sz]ation) ?id$/,
};
const who = { oneOf: ['userId', 'email'], message: 'Map the column that says who it is: a user id or an e-mail.' };

/** Fields by kind: one entry makes a kind importable. */
export const fieldsOfKind: Record<ImportKind, ImportKindFields> = {
  leads: {
    fields: [
      userId,
      email,
      { target: 'name', type: 'text', names: /^((full|lead|contact|person) )?name$/ },
      { target: 'firstName', type: 'text', names: /^(first|given) ?name$/ },
      { target: 'lastName', type: 'text', names: /^(last|family) ?name$|^surname$/ },
      { target: 'title', type: 'text', names: /^(job )?(title|position|role)$/ },
      { target: 'owner', type: 'text', names: /^owner( e ?mail)?$|^(sales ?rep|account) e ?mail$/ },
      { target: 'company', type: 'text', names: /^(company|account|organi[sz]ation)( name)?$/ },
      groupId,
      { target: 'doNotEmail', type: 'flag', names: /^(do not e ?mail|unsubscribed|e ?mail opt ?out|opted out)$/ },
      {
        target: 'at',
        type: 'date',
        names: /^(created|created (at|on|date)|(first contact|sign ?up|engage|lead) date|date)$/,
      },
    ],
    rest: 'trait',
    needs: [who],
  },
  accounts: {
    fields: [
      groupId,
      {
        target: 'name',
        type: 'text',
        names: /^((account|company|organi[sz]ation|customer|product) ?)?name$|^(account|company|product)$/,
      },
      { target: 'domain', type: 'text', names: /^(domain|website|web ?site|url)$/ },
      { target: 'trait:industry', type: 'text', names: /^(industry|sector|vertical)$/ },
      { target: 'trait:employees', type: 'number', names: /^(employees|employee count|head ?count|company size)$/ },
    ],
    rest: 'trait',
    needs: [{ oneOf: ['groupId', 'name'], message: 'Map the column that says which account it is: an id or a name.' }],
  },
  events: {
    fields: [
      userId,
      anonymousId,
      email,
      { target: 'event', type: 'text', names: /^(event|event name|action|activity)$/ },
      {
        target: 'at',
        type: 'date',
        names: /^(ts|time|timestamp|date ?time|at|date|(occurred|created|received|sent) at)$/,
      },
      { target: 'messageId', type: 'text', names: /^(message|event|insert) ?id$/ },
      groupId,
    ],
    rest: 'property',
    needs: [
      { oneOf: ['userId', 'anonymousId', 'email'], message: 'Map the column that says who did it.' },
      { oneOf: ['event'], message: 'Map the column that says what happened, or name one event for all rows.' },
      { oneOf: ['at'], message: 'Map the column that says when it happened.' },
    ],
  },
  outcomes: {
    fields: [
      userId,
      email,
      { target: 'outcome', type: 'text', names: /^(outcome|converted|won|status|result|(deal )?stage)$/ },
      { target: 'at', type: 'date', names: /^((won|close|closed|converted|outcome) ?(date|at|on)?|date|at)$/ },
      { target: 'amount', type: 'number', names: /^(amount|value|revenue|(close|deal) value|deal size)$/ },
    ],
    rest: null,
    needs: [
      who,
      { oneOf: ['outcome'], message: 'Map the column that says how it ended, or choose one outcome for all rows.' },
      { oneOf: ['at'], message: 'Map the column that says when it ended, or choose one date for all rows.' },
    ],
  },
};
