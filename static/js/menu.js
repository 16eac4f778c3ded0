// Closes an open <details data-menu> with Escape or a click outside. Without this
// module the menu still opens and closes by its own summary.

function close(menu, { focus }) {
  menu.open = false;
  if (focus) menu.querySelector("summary").focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    close(menu, { focus: menu.contains(document.activeElement) });
  });
});

document.addEventListener("click", (event) => {
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    if (!menu.contains(event.target)) close(menu, { focus: false });
  });
});
