/** A lead while a group of messages is worked off: known before, or born in it. */
export class LeadNode {
  private into: LeadNode | null = null;

  constructor(
    readonly id: string,
    readonly isNew: boolean,
    /** The external user id, once there is one. */
    public userId: string | null,
    /** In how many ways it is recognised. */
    public idCount = 0,
  ) {}

  /** The lead this one has become part of, or itself. */
  get living(): LeadNode {
    return this.into?.living ?? this;
  }

  /** Makes this lead part of another; its user id, if any, is the other's unless that one has its own. */
  joinInto(other: LeadNode): void {
    other.userId ??= this.userId;
    other.idCount += this.idCount;
    this.into = other;
  }
}
