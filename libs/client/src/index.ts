export { createRekindleClient } from './rekindle.client';
export type { RekindleClient, RekindleClientOptions } from './rekindle.client';
export type { components, paths } from './openapi.gen';
