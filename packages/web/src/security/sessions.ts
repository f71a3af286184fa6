import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** Fresh random bytes: an argument, so that tests can know them. */
export type RandomBytes = (length: number) => Uint8Array;

/** The current time in milliseconds: an argument, so that tests can move it. */
export type Clock = () => number;

interface Session {
  readonly secret: Uint8Array;
  lastSeen: number;
}

const IDLE_MILLISECONDS = 12 * 60 * 60 * 1000;

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
const digest = (token: string): string => createHash("sha256").update(token).digest("hex");

/**
 * Who may look: whoever opened a one-time link. A link is spent when it is exchanged for a session, and a new link makes
 * the one before worthless. Tokens are kept as digests, so that looking one up takes the same time whatever it is.
 */
export class Sessions {
  readonly #random: RandomBytes;
  readonly #clock: Clock;
  readonly #sessions = new Map<string, Session>();
  #link: string | undefined;

  constructor(random: RandomBytes, clock: Clock) {
    this.#random = random;
    this.#clock = clock;
  }

  /** A new one-time link's token. */
  newLink(): string {
    const token = text(this.#random(32));
    this.#link = digest(token);
    return token;
  }

  /** The session that a link's token buys, once; undefined when it was spent or never given out. */
  exchange(token: string): string | undefined {
    if (!this.#link || digest(token) !== this.#link) return undefined;
    this.#link = undefined;
    const id = text(this.#random(32));
    this.#sessions.set(digest(id), { secret: this.#random(32), lastSeen: this.#clock() });
    return id;
  }

  /** True while the session lives: until it has been idle for twelve hours or the server stops. */
  isOpen(id: string | undefined): boolean {
    if (!id) return false;
    const key = digest(id);
    const session = this.#sessions.get(key);
    if (!session) return false;
    const now = this.#clock();
    if (now - session.lastSeen > IDLE_MILLISECONDS) {
      this.#sessions.delete(key);
      return false;
    }
    session.lastSeen = now;
    return true;
  }

  /** What every form of this session carries. */
  formToken(id: string): string {
    const session = this.#sessions.get(digest(id));
    if (!session) throw new Error("A form needs an open session.");
    return createHmac("sha256", session.secret).update("form").digest("base64url");
  }

  /** True when a form came from a page of this session. */
  isFormToken(id: string, token: string | undefined): boolean {
    if (!token || !this.#sessions.has(digest(id))) return false;
    const expected = Buffer.from(this.formToken(id));
    const given = Buffer.from(token);
    return expected.length === given.length && timingSafeEqual(expected, given);
  }
}
