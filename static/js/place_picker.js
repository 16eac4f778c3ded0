// Suggests places as one types: a combobox with a list box (WAI-ARIA Authoring Practices).
// Without this module the field is a text that the server resolves.
//
// <div data-place-picker data-name data-url [data-multiple] [data-kinds] data-text-*>
//   <ul data-chosen> (several places)   <input data-text>

const DELAY_MS = 120;
const MIN_LETTERS = 2;
let nextId = 0;

function make(tag, attributes, text = "") {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
}

class PlacePicker {
  constructor(root) {
    this.root = root;
    this.input = root.querySelector("[data-text]");
    this.chosen = root.querySelector("[data-chosen]");
    this.isMultiple = "multiple" in root.dataset;
    this.active = -1;
    this.id = `lieux-${(nextId += 1)}`;
    this.list = make("ul", { role: "listbox", id: this.id, class: "al-picker-list", "aria-label": root.dataset.textList, hidden: "" });
    this.status = make("p", { role: "status", class: "visually-hidden" });
    root.append(this.list, this.status);
    this.prepareInput();
    this.prepareChosen();
    this.listen();
  }

  prepareInput() {
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.id };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
  }

  // One place: its reference leaves the text for a hidden field. Several: each check box
  // becomes a chip with a button.
  prepareChosen() {
    if (this.isMultiple) {
      const boxes = [...this.chosen.querySelectorAll("input[type=checkbox]")];
      const places = boxes.map((box) => [box.value, box.closest("label").textContent.trim()]);
      this.chosen.replaceChildren();
      places.forEach(([reference, name]) => this.addChip(reference, name));
      return;
    }
    const written = this.input.value.match(/^(.*) \(([A-Z]+(?:-[^()]+)?)\)$/);
    if (written) this.setOnly(written[2], written[1]);
  }

  listen() {
    this.input.addEventListener("input", () => this.onInput());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
  }

  onInput() {
    if (!this.isMultiple) this.forgetOnly();
    clearTimeout(this.timer);
    const text = this.input.value.trim();
    if (text.length < MIN_LETTERS) this.close();
    else this.timer = setTimeout(() => this.suggest(text), DELAY_MS);
  }

  async suggest(text) {
    this.request?.abort();
    this.request = new AbortController();
    const query = new URLSearchParams({ q: text });
    for (const kind of (this.root.dataset.kinds ?? "").split(" ").filter(Boolean)) query.append("nature", kind);
    try {
      const response = await fetch(`${this.root.dataset.url}?${query}`, { headers: { "HX-Request": "true" }, signal: this.request.signal });
      if (!response.ok) throw new Error(`${response.status}`);
      this.show(await response.text());
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  show(html) {
    const page = new DOMParser().parseFromString(`<ul>${html}</ul>`, "text/html");
    this.list.replaceChildren(...page.querySelectorAll("[role=option]"));
    [...this.list.children].forEach((option, index) => { option.id = `${this.id}-${index}`; });
    this.active = -1;
    const isEmpty = this.list.children.length === 0;
    if (isEmpty) this.list.append(make("li", { class: "al-picker-none" }, this.root.dataset.textNone));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", String(!isEmpty));
    this.status.textContent = isEmpty ? this.root.dataset.textNone : `${this.list.children.length} – ${this.root.dataset.textSome}`;
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.list.hidden = true;
    this.list.replaceChildren();
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = "";
  }

  onKey(event) {
    const options = this.list.querySelectorAll("[role=option]");
    if (event.key === "Backspace" && this.isMultiple && this.input.value === "") {
      this.chosen.lastElementChild?.querySelector("button").focus();
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if (options.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.highlight(options, (this.active + step + options.length) % options.length);
    } else if (options.length && event.key === "Enter" && (this.active >= 0 || this.isMultiple)) {
      event.preventDefault();
      this.choose(options[Math.max(this.active, 0)]);
    }
  }

  highlight(options, index) {
    options[this.active]?.setAttribute("aria-selected", "false");
    this.active = index;
    options[index].setAttribute("aria-selected", "true");
    options[index].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", options[index].id);
  }

  choose(option) {
    if (!option) return;
    const { reference, name } = option.dataset;
    if (this.isMultiple) {
      this.addChip(reference, name);
      this.input.value = "";
    } else {
      this.setOnly(reference, name);
    }
    this.root.querySelector("[data-choices]")?.remove();
    this.close();
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  addChip(reference, name) {
    const known = [...this.chosen.querySelectorAll("input")].some((field) => field.value === reference);
    if (known) return;
    const chip = make("li", { class: "al-chip" }, name);
    const button = make("button", { type: "button", class: "al-chip-remove", "aria-label": `${this.root.dataset.textRemove} ${name}` }, "×");
    button.addEventListener("click", () => {
      chip.remove();
      this.input.focus();
      this.input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    chip.append(make("input", { type: "hidden", name: this.root.dataset.name, value: reference }), button);
    this.chosen.append(chip);
  }

  setOnly(reference, name) {
    this.forgetOnly();
    this.only = make("input", { type: "hidden", name: this.root.dataset.name, value: reference });
    this.root.append(this.only);
    this.input.value = name;
    this.input.removeAttribute("name");
  }

  forgetOnly() {
    this.only?.remove();
    this.only = null;
    this.input.setAttribute("name", this.root.dataset.name);
  }
}

export function startAll(scope = document) {
  scope.querySelectorAll("[data-place-picker]:not([data-ready])").forEach((root) => {
    root.dataset.ready = "";
    new PlacePicker(root);
  });
}

startAll();
document.addEventListener("htmx:load", (event) => startAll(event.target));
