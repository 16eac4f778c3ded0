// Follows the state of a session, and the hour of the server.
//
// A request says what was seen (If-None-Match). Where a process holds answers until
// something changes, the next request leaves at once; where answers come at once, it waits a
// few seconds. Without a connection it tries again, less and less often, and at once when
// the network comes back. Nothing that is personal is asked for: no cookie is sent.

const HELD_MS = 1500; // an answer that took longer was held
const POLL_MS = 4000;
const SPREAD_MS = 2000;
const LATEST_MS = 40000;
const RETRY_MS = [500, 1000, 2000, 4000, 8000];
const OFFSET = "alliances-offset"; // how far the clock of this phone is; nothing personal
const SAMPLES = 5;

const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

function remembered() {
  try {
    return Number(localStorage.getItem(OFFSET)) || 0;
  } catch {
    return 0;
  }
}

function remember(offset) {
  try {
    localStorage.setItem(OFFSET, String(Math.round(offset)));
  } catch {
    // Private windows may refuse: the next visit starts from the clock of the phone.
  }
}

export class Follower {
  // onState(state) for each state; onTrouble(since) without a connection, null when it is back.
  constructor(url, { onState, onTrouble }) {
    this.url = url;
    this.onState = onState;
    this.onTrouble = onTrouble;
    this.tag = "";
    this.failures = 0;
    this.lastAnswer = Date.now();
    this.samples = [];
    this.offset = remembered();
    this.wake = () => {};
  }

  // What the clock of the server says.
  now() {
    return Date.now() + this.offset;
  }

  // What is sent travels: the sample that travelled least is the truest.
  keepTime(serverNow) {
    if (!serverNow) return;
    this.samples = [...this.samples, serverNow - Date.now()].slice(-SAMPLES);
    this.offset = Math.max(...this.samples);
    remember(this.offset);
  }

  async ask() {
    const headers = this.tag ? { "If-None-Match": this.tag } : {};
    const asked = performance.now();
    this.abort = new AbortController();
    const patience = setTimeout(() => this.abort.abort(), LATEST_MS);
    try {
      const response = await fetch(this.url, { headers, credentials: "omit", cache: "no-store", signal: this.abort.signal });
      if (response.status !== 200 && response.status !== 304) throw new Error(String(response.status));
      const state = response.status === 200 ? await response.json() : null;
      this.heard(state, response.headers);
      const changed = state !== null;
      const held = performance.now() - asked > HELD_MS;
      return changed || held ? 0 : POLL_MS + Math.random() * SPREAD_MS;
    } finally {
      clearTimeout(patience);
    }
  }

  heard(state, headers) {
    this.failures = 0;
    this.lastAnswer = Date.now();
    this.onTrouble(null);
    this.keepTime(Number(headers.get("X-Server-Time")));
    if (!state) return;
    this.tag = headers.get("ETag");
    this.onState(state);
  }

  failed() {
    this.failures += 1;
    if (this.failures > 1) this.onTrouble(this.lastAnswer + this.offset);
    const wait = RETRY_MS[Math.min(this.failures, RETRY_MS.length) - 1];
    return wait * (0.5 + Math.random());
  }

  async run() {
    window.addEventListener("online", () => this.again());
    window.addEventListener("pageshow", (event) => { if (event.persisted) this.again(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.again(); });
    for (;;) {
      const wait = await this.ask().catch(() => this.failed());
      await Promise.race([sleep(wait), new Promise((resolve) => { this.wake = resolve; })]);
    }
  }

  // The network or the person is back: what was under way may never end.
  again() {
    this.samples = [];
    this.tag = "";
    this.abort?.abort();
    this.wake();
  }
}
