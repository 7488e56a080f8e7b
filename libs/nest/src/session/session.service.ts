import { Inject, Injectable } from '@nestjs/common';
import { BugError, UserError, type Session } from '@rekindle/contracts';
import {
  Database,
  SessionStore,
  UserStore,
  WorkspaceStore,
  newId,
  type OfWorkspace,
  type UserRow,
} from '@rekindle/store';
import { Clock } from '../clock/clock';
import type { Caller } from '../credentials/access.decorator';
import { cookieOf, type IncomingRequest } from '../credentials/request.reader';
import { hashSecret, newSecret } from '../credentials/secret.hash';
import { LEAD_SCORING_OPTIONS, type LeadScoringOptions } from '../lead-scoring.options';
import { hashPassword, isPassword } from './password.hash';
import { SignInBackoff } from './sign-in.backoff';

const idleMs = 30 * 60_000;
const absoluteMs = 12 * 3_600_000;
const touchEveryMs = 60_000;

type UserCaller = Extract<Caller, { kind: 'user' }>;

/** Signed-in users: an opaque 256-bit token in a cookie, stored hashed, idle 30 minutes, at most 12 hours. */
@Injectable()
export class SessionService {
  private readonly sessions = new SessionStore();
  private readonly users = new UserStore();
  private readonly workspaces = new WorkspaceStore();
  private readonly backoff = new SignInBackoff();
  private decoy: Promise<string> | null = null;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(LEAD_SCORING_OPTIONS) private readonly options: LeadScoringOptions,
  ) {}

  /** Checks a password and opens a session; the answer is the `Set-Cookie` value. Every failure looks the same. */
  async signIn(
    credentials: { email: string; password: string },
    address: string,
  ): Promise<{ cookie: string; session: Session }> {
    const now = this.clock.now();
    const email = credentials.email.toLowerCase();
    this.backoff.refuse(email, address, now);
    const user = await this.userOf(email, credentials.password);
    if (!user) {
      this.backoff.note(email, address, now);
      throw new UserError('wrong_credentials', 'E-mail address or password is wrong.', { status: 401 });
    }
    this.backoff.clear(email, address);
    const token = await this.open(user, now);
    return { cookie: this.cookie(token, absoluteMs / 1_000), session: await this.describe(user.workspaceId, user.id) };
  }

  /** Ends a session; the answer is the `Set-Cookie` value that removes the cookie. */
  async signOut(caller: UserCaller): Promise<string> {
    await this.database.write((sql) => this.sessions.delete(sql, caller.workspaceId, caller.sessionId));
    return this.cookie('', 0);
  }

  /** The signed-in user behind a request's cookie, or null. */
  async callerOf(request: IncomingRequest): Promise<Caller | null> {
    const token = cookieOf(request, this.cookieName());
    if (token === null || !/^[\w-]{43}$/.test(token)) return null;
    const now = this.clock.now();
    const session = await this.sessions.byTokenHash(this.database.read, this.hash(token), now);
    const user = session && (await this.users.byId(this.database.read, session.workspaceId, session.userId));
    if (!session || !user) return null;
    if (now - session.lastSeenAt >= touchEveryMs) {
      const expiresAt = Math.min(now + idleMs, session.createdAt + absoluteMs);
      await this.database.write((sql) =>
        this.sessions.touch(sql, session.workspaceId, { id: session.id, lastSeenAt: now, expiresAt }),
      );
    }
    return { kind: 'user', workspaceId: session.workspaceId, userId: user.id, sessionId: session.id, role: user.role };
  }

  /** Who is signed in, and where. */
  async describe(workspaceId: string, userId: string): Promise<Session> {
    const user = await this.users.byId(this.database.read, workspaceId, userId);
    const workspace = await this.workspaces.byId(this.database.read, workspaceId);
    if (!user || !workspace)
      throw new BugError('session_without_user', 'a session names a user or workspace that is gone');
    return {
      user: { email: user.email, name: user.name, role: user.role },
      workspace: { id: workspace.id, name: workspace.name, timezone: workspace.timezone },
    };
  }

  /** Compares with a decoy when nobody has this address, so that the time taken tells nothing. */
  private async userOf(email: string, password: string): Promise<OfWorkspace<UserRow> | null> {
    const candidates = await this.users.forSignIn(this.database.read, email);
    if (candidates.length === 0) {
      this.decoy ??= hashPassword(newSecret());
      await isPassword(await this.decoy, password);
      return null;
    }
    for (const candidate of candidates) if (await isPassword(candidate.passwordHash, password)) return candidate;
    return null;
  }

  private async open(user: OfWorkspace<UserRow>, now: number): Promise<string> {
    const token = newSecret();
    await this.database.write(async (sql) => {
      await this.sessions.deleteExpired(sql, now);
      await this.sessions.insert(sql, user.workspaceId, {
        id: newId(now),
        tokenHash: this.hash(token),
        userId: user.id,
        createdAt: now,
        lastSeenAt: now,
        expiresAt: now + idleMs,
      });
    });
    return token;
  }

  private hash(token: string): string {
    return hashSecret(this.options.secretKey, 'session', token);
  }

  private isSecure(): boolean {
    return this.options.publicUrl.startsWith('https:');
  }

  private cookieName(): string {
    return this.isSecure() ? '__Host-rekindle' : 'rekindle';
  }

  private cookie(value: string, maxAgeSeconds: number): string {
    const parts = [`${this.cookieName()}=${value}`, 'Path=/', 'HttpOnly', 'SameSite=Lax', `Max-Age=${maxAgeSeconds}`];
    return [...parts, ...(this.isSecure() ? ['Secure'] : [])].join('; ');
  }
}
