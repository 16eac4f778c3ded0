// In the room each press counts, once.

// A double click is one click: its second half would press what the first has just put in its
// place, such as the next round, or the undoing of an arrival. Pressed again later, it counts.
document.addEventListener("click", (event) => {
  if (event.detail < 2 || !event.target.closest("button[type=submit]")) return;
  event.preventDefault();
  event.stopPropagation(); // htmx listens to some buttons themselves
}, { capture: true });

// What htmx sends takes the place of the list, and with it a second press that waits for its
// turn, as for the next person at the door: the browser sends that one itself, at once.
document.addEventListener("submit", (event) => {
  if (event.target.matches(".htmx-request")) event.stopPropagation();
}, { capture: true });
