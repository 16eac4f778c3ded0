// The screen of the room: which round it tells about, its pages, the gong, the whole screen.

import { strike } from "./gong.js";

const root = document.querySelector("#salle");
const PAGE_MS = 9000;
const EARLY_MS = 60000; // the next round is shown before the present one ends
const FLASH_MS = 4000;
const flash = root.querySelector("[data-gong-flash]");
const button = (name) => root.querySelector(`[data-${name}]`);
let here = null;
let isFrozen = false;
let isSounding = false;

function lists() {
  const section = root.querySelector("[data-room-round]:not([hidden])");
  return section ? [...section.querySelectorAll("[data-room-list]")] : [];
}

function showRound(isEnding) {
  if (!here) return;
  const wanted = here.within === "round" && !isEnding ? here.round : here.next ?? here.round;
  const sections = [...root.querySelectorAll("[data-room-round]")];
  const known = sections.some((each) => Number(each.dataset.roomRound) === wanted);
  for (const each of sections) each.hidden = known && Number(each.dataset.roomRound) !== wanted;
  if (!known) for (const each of sections.slice(0, -1)) each.hidden = true;
  arrange();
}

// A list in columns is as wide as its pages: one is shown after the other, then the other list.
function arrange() {
  const all = lists();
  const isWide = matchMedia("(min-width: 64rem) and (min-height: 36rem)").matches;
  root.classList.toggle("al-is-paged", isWide);
  const current = Math.max(all.findIndex((each) => !each.hidden && each.dataset.shown), 0);
  all.forEach((each, index) => {
    each.hidden = isWide && index !== current;
    if (isWide && index === current) each.dataset.shown = "yes";
    else delete each.dataset.shown;
  });
  sayPage();
}

const pageWidth = (list) => list.clientWidth + parseFloat(getComputedStyle(list).columnGap || "0");
const pages = (list) => Math.max(1, Math.ceil((list.scrollWidth - 2) / pageWidth(list)));

function sayPage() {
  const list = lists().find((each) => each.dataset.shown);
  const said = root.querySelector("[data-room-round]:not([hidden]) [data-room-page]");
  if (!said) return;
  const page = list ? Math.round(list.scrollLeft / pageWidth(list)) + 1 : 1;
  said.textContent = list ? `${list.dataset.roomList} · ${page}/${pages(list)}` : "";
}

function turn() {
  const all = lists();
  const index = all.findIndex((each) => each.dataset.shown);
  if (isFrozen || index < 0) return;
  const list = all[index];
  const page = Math.round(list.scrollLeft / pageWidth(list));
  if (page + 1 < pages(list)) {
    list.scrollLeft = (page + 1) * pageWidth(list);
  } else {
    const next = all[(index + 1) % all.length];
    delete list.dataset.shown;
    list.hidden = next !== list;
    next.hidden = false;
    next.dataset.shown = "yes";
    next.scrollLeft = 0;
  }
  sayPage();
}

function gong(times) {
  if (isSounding) strike(times);
  flash.hidden = false;
  setTimeout(() => { flash.hidden = true; }, FLASH_MS);
}

// Once when people sit down, twice when they change; not when the page has just opened.
root.addEventListener("live:moved", ({ detail }) => {
  const { before } = detail;
  here = detail.here;
  showRound(false);
  if (before.phase === null) return;
  if (here.phase === "round" && here.round !== before.round) gong(1);
  else if (before.phase === "round" && ["break", "over"].includes(here.phase)) gong(2);
});
root.addEventListener("live:swapped", () => showRound(false));

setInterval(() => {
  if (here?.phase !== "round") return;
  const count = root.querySelector("[data-live-countdown]").textContent;
  const [minutes, seconds] = count.split(":").map(Number);
  const isEnding = (minutes * 60 + seconds) * 1000 <= EARLY_MS && here.next !== null;
  const shown = root.querySelector("[data-room-round]:not([hidden])");
  const wanted = isEnding ? here.next : here.round;
  if (shown && Number(shown.dataset.roomRound) !== wanted) showRound(isEnding);
}, 1000);
setInterval(turn, PAGE_MS);
addEventListener("resize", arrange);

function toggle(name, whenPressed) {
  const each = button(name);
  each.hidden = false;
  each.addEventListener("click", () => {
    const isOn = each.getAttribute("aria-pressed") !== "true";
    if (each.hasAttribute("aria-pressed")) each.setAttribute("aria-pressed", String(isOn));
    whenPressed(isOn);
  });
}

toggle("gong", (isOn) => {
  isSounding = isOn;
  if (isOn) strike(1);
});
toggle("room-freeze", (isOn) => { isFrozen = isOn; });
if (document.fullscreenEnabled) {
  toggle("room-full", () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()));
}
