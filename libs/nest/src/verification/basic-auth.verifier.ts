import { newSecret } from '../credentials/secret.hash';
import { headerIn, isEqual, refused, right, type Verifier } from './verifier';

/** User name that stands in the address given to the provider. */
export const BASIC_USER = 'rekindle';

/** For providers that sign nothing: the secret stands in the address, and comes as Basic authentication. */
export const basicAuthVerifier: Verifier = {
  secretOrigin: 'made',
  newSecret,
  verify: (delivery) => {
    const encoded = /^basic +([\w+/=-]{1,4000})$/i.exec(headerIn(delivery, 'authorization') ?? '')?.[1];
    if (encoded === undefined || delivery.secret === null) return refused('signature_missing');
    const given = Buffer.from(encoded, 'base64').toString('utf8');
    return isEqual(given, `${BASIC_USER}:${delivery.secret}`) ? right() : refused('signature_wrong');
  },
};
