/** The only source of "now" on the server: everything that depends on time asks it. Also the injection token. */
export abstract class Clock {
  /** Epoch milliseconds. */
  abstract now(): number;
}

/** The machine's clock. */
export class SystemClock extends Clock {
  override now(): number {
    return Date.now();
  }
}

/** A clock that stands still until it is moved: for tests and the demo. */
export class ManualClock extends Clock {
  private current: number;

  /** Starts at `start` (epoch ms). */
  constructor(start: number) {
    super();
    this.current = start;
  }

  override now(): number {
    return this.current;
  }

  /** Moves the clock to an instant (epoch ms). */
  set(instant: number): void {
    this.current = instant;
  }

  /** Moves the clock forward by so many milliseconds. */
  advanceBy(milliseconds: number): void {
    this.current += milliseconds;
  }
}
