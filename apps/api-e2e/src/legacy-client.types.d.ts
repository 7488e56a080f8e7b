/** The legacy client ships no types. */
declare module 'analytics-node' {
  type Send = (message: object, callback?: (error?: unknown) => void) => unknown;
  class LegacyAnalytics {
    constructor(writeKey: string, options?: Record<string, unknown>);
    identify: Send;
    group: Send;
    track: Send;
    page: Send;
    screen: Send;
    alias: Send;
    flush(callback?: (error?: unknown) => void): Promise<unknown>;
  }
  export = LegacyAnalytics;
}
