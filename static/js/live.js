// The screens of the day: countdown, hours and the present round follow the clock of the
// session. Without this module the page says the same, as it was when it was asked for.
//
// <div data-live="address" data-live-state="{…}" data-live-zone="Europe/Paris"
//      data-live-refetch="always|programme" data-live-spread="8000">
//   data-live-when="round break": shown in these phases; data-live-countdown, -number, -next,
//   -end, -begins="3": filled; data-live-slot="3": marked now, next, past or left out;
//   data-live-swap="name": replaced by that of a page asked for again.

import { foreseen, position, takesPlace } from "./live_clock.js";
import { Follower } from "./live_follow.js";

const TICK_MS = 200;
const root = document.querySelector("[data-live]");
let state = JSON.parse(root.dataset.liveState);
let shown = { phase: null, round: null, revision: state.revision, programme: state.programme };

const hourParts = new Intl.DateTimeFormat("fr-FR", {
  hour: "numeric", minute: "2-digit", hourCycle: "h23", timeZone: root.dataset.liveZone,
});

function hour(at) {
  const parts = Object.fromEntries(hourParts.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${Number(parts.hour)}\u00a0h\u00a0${parts.minute}`;
}

function countdown(ms) {
  if (ms === null) return "";
  const seconds = Math.ceil(ms / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const tail = String(seconds % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

const all = (name) => root.querySelectorAll(`[data-live-${name}]`);

function fill(name, text) {
  for (const each of all(name)) if (each.textContent !== text) each.textContent = text;
}

function showPhase(here) {
  for (const each of all("when")) each.hidden = !each.dataset.liveWhen.split(" ").includes(here.phase);
  fill("number", String(here.round));
  fill("next", String(here.next ?? ""));
}

function showHours(now) {
  const rounds = foreseen(state, now);
  for (const each of all("begins")) {
    const round = rounds[Number(each.dataset.liveBegins) - 1];
    const text = round ? hour(round[0]) : "";
    if (each.textContent !== text) each.textContent = text;
  }
}

function nextTable(programme, here) {
  const slots = [...programme.querySelectorAll("[data-live-slot][data-live-table]")];
  const coming = slots.map((each) => Number(each.dataset.liveSlot)).filter((number) => number > here.round && takesPlace(state, number));
  return here.phase === "over" ? undefined : coming[0];
}

function markSlot(slot, here, next) {
  const number = Number(slot.dataset.liveSlot);
  const isNow = here.within === "round" && number === here.round;
  const isLeftOut = number <= state.rounds.length && !takesPlace(state, number);
  slot.classList.toggle("al-is-now", isNow);
  slot.classList.toggle("al-is-past", !isNow && number <= here.round && !isLeftOut);
  slot.classList.toggle("al-is-left-out", isLeftOut);
  for (const each of slot.querySelectorAll("[data-live-mark]")) {
    const holds = { now: isNow, next: number === next, out: isLeftOut };
    each.hidden = !holds[each.dataset.liveMark];
  }
}

// The present round and the next one, copied where they are read first.
function copyInto(box, slot) {
  const part = slot?.querySelector("[data-live-what]");
  const begins = slot?.querySelector("[data-live-begins]");
  box.hidden = !part;
  if (!part) return;
  box.querySelector("[data-live-copy]").replaceChildren(...part.cloneNode(true).childNodes);
  const at = box.querySelector("[data-live-begins]");
  if (at && begins) at.dataset.liveBegins = begins.dataset.liveBegins;
}

function showProgrammes(here) {
  for (const programme of root.querySelectorAll("[data-live-programme]")) {
    const next = nextTable(programme, here);
    for (const slot of programme.querySelectorAll("[data-live-slot]")) markSlot(slot, here, next);
    const find = (number) => programme.querySelector(`[data-live-slot="${number}"]`);
    const [now, after] = ["now", "after"].map((name) => programme.querySelector(`[data-live-${name}]`));
    if (now) copyInto(now, here.within === "round" ? find(here.round) : null);
    if (after) copyInto(after, next === undefined ? null : find(next));
  }
  for (const slot of root.querySelectorAll("ol > [data-live-slot]")) {
    if (!slot.closest("[data-live-programme]")) markSlot(slot, here, undefined);
  }
}

function tick() {
  const now = follower.now();
  const here = position(state, now);
  fill("countdown", countdown(here.remaining));
  fill("end", here.endsAt === null ? "" : hour(here.endsAt));
  const isSame = shown.phase === here.phase && shown.round === here.round && shown.state === state;
  if (isSame && state.started && state.stopped === null) return;
  if (!isSame) {
    showPhase(here);
    showProgrammes(here);
  }
  showHours(now);
  if (isSame) return;
  const before = shown;
  shown = { phase: here.phase, round: here.round, revision: state.revision, programme: state.programme, state };
  root.dispatchEvent(new CustomEvent("live:moved", { detail: { before, here, state } }));
  refetchAfter(before);
}

function refetchAfter(before) {
  const hasMoved = before.phase !== null && (before.phase !== shown.phase || before.round !== shown.round);
  const hasChanged = before.revision !== shown.revision;
  const isOther = before.programme !== shown.programme;
  const always = root.dataset.liveRefetch === "always";
  if (isOther || (always && (hasMoved || hasChanged))) refetch();
}

let asked = 0;

// Everybody in the room hears of another programme at once: not everybody asks at once.
async function refetch(attempt = 0) {
  const mine = (asked += 1);
  const spread = Number(root.dataset.liveSpread) || 0;
  await new Promise((resolve) => { setTimeout(resolve, Math.random() * spread + attempt * 2000); });
  if (mine !== asked) return;
  try {
    const response = await fetch(location.href, { cache: "no-store" });
    if (!response.ok || response.redirected) throw new Error(String(response.status));
    const other = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!isFresh(other)) throw new Error("kept from before");
    swap(other);
  } catch {
    if (attempt < 5 && mine === asked) refetch(attempt + 1);
  }
}

// What is kept for want of a network may be older than what was just heard of.
function isFresh(other) {
  const its = JSON.parse(other.querySelector("[data-live]")?.dataset.liveState ?? "null");
  return its !== null && its.revision >= state.revision && its.programme >= state.programme;
}

function swap(other) {
  const focused = document.activeElement?.id;
  for (const each of root.querySelectorAll("[data-live-swap]")) {
    const fresh = other.querySelector(`[data-live-swap="${each.dataset.liveSwap}"]`);
    if (fresh) each.replaceChildren(...fresh.childNodes);
  }
  if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus();
  shown = { ...shown, state: null };
  root.dispatchEvent(new CustomEvent("live:swapped"));
}

const follower = new Follower(root.dataset.live, {
  onState(received) {
    state = received;
    tick();
  },
  onTrouble(since) {
    for (const each of all("trouble")) each.hidden = since === null;
    if (since !== null) fill("since", hour(since));
  },
});

root.classList.add("al-is-live");
tick();
setInterval(tick, TICK_MS);
follower.run();
