// Gives each weight of a trial a slider beside its number. Without this module the number
// and the button of the form are enough.
//
// <div data-weight data-text-slider> <input type="number" min max step> </div>

function addSlider(root) {
  const number = root.querySelector('input[type="number"]');
  if (!number || root.querySelector('input[type="range"]')) return;
  const slider = document.createElement("input");
  slider.type = "range";
  slider.className = "al-slider";
  for (const name of ["min", "max", "step"]) slider[name] = number[name];
  slider.value = number.value;
  slider.setAttribute("aria-label", root.dataset.textSlider);
  slider.addEventListener("input", () => {
    number.value = slider.value;
  });
  number.addEventListener("input", () => {
    if (number.validity.valid && number.value !== "") slider.value = number.value;
  });
  number.after(slider);
}

function start(root) {
  for (const each of root.querySelectorAll("[data-weight]")) addSlider(each);
}

start(document);
document.addEventListener("htmx:load", (event) => start(event.detail.elt));
