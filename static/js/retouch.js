// Lets a meeting be dragged to another place of the grid. The lists of the page do the same
// without this module, and by keyboard.
//
// <form data-drop> rencontre, tour, table </form>
// <td data-place="round-table"> <div data-meeting="round-table"> … </div> </td>

const SLACK = 6; // pixels: less is a click
const KEPT = "retouch-scroll";
const form = document.querySelector("form[data-drop]");
let drag = null;

function placeUnder(event) {
  drag.ghost.hidden = true;
  const under = document.elementFromPoint(event.clientX, event.clientY);
  drag.ghost.hidden = false;
  return under?.closest("td[data-place]") ?? null;
}

function begin(event) {
  const handle = event.target.closest("[data-grip]");
  if (!handle || event.button !== 0) return;
  drag = {
    handle, meeting: handle.closest("[data-meeting]"),
    x: event.clientX, y: event.clientY, ghost: null, over: null,
  };
  handle.setPointerCapture(event.pointerId);
}

function lift() {
  drag.ghost = drag.meeting.cloneNode(true);
  drag.ghost.className = "al-grid-ghost";
  drag.ghost.setAttribute("aria-hidden", "true");
  document.body.append(drag.ghost);
  drag.meeting.classList.add("al-is-dragged");
}

function move(event) {
  if (!drag) return;
  const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > SLACK;
  if (!drag.ghost && far) lift();
  if (!drag.ghost) return;
  event.preventDefault();
  drag.ghost.style.translate = `${event.clientX + 8}px ${event.clientY + 8}px`;
  drag.over?.classList.remove("al-is-over");
  drag.over = placeUnder(event);
  drag.over?.classList.add("al-is-over");
}

function end(event) {
  if (!drag) return;
  const { meeting, ghost, over } = drag;
  ghost?.remove();
  meeting.classList.remove("al-is-dragged");
  over?.classList.remove("al-is-over");
  drag = null;
  const goal = over?.dataset.place;
  if (event.type !== "pointerup" || !ghost || !goal || goal === meeting.dataset.meeting) return;
  const [round, table] = goal.split("-");
  form.elements.rencontre.value = meeting.dataset.meeting;
  form.elements.tour.value = round;
  form.elements.table.value = table;
  sessionStorage.setItem(KEPT, String(window.scrollY));
  form.requestSubmit();
}

function addGrips(text) {
  for (const meeting of document.querySelectorAll("[data-meeting]")) {
    const grip = document.createElement("span");
    grip.className = "al-grip";
    grip.dataset.grip = "";
    grip.setAttribute("aria-hidden", "true");
    grip.textContent = text;
    meeting.prepend(grip);
  }
}

if (form) {
  addGrips("⠿");
  document.addEventListener("pointerdown", begin);
  document.addEventListener("pointermove", move);
  for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, end);
  const kept = sessionStorage.getItem(KEPT);
  if (kept !== null) window.scrollTo(0, Number(kept));
  sessionStorage.removeItem(KEPT);
}
