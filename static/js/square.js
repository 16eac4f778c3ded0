// Makes the square of a form movable: by pointer, by touch, by the arrow keys. The four
// number fields stay the truth, and nothing typed is changed without being asked:
// what is missing is said, and a button offers to balance. Escape or a button undoes.

import { barycentre, provisionalBarycentre, scaledToTotal, tile, weightsAt, CORNERS, TOTAL } from "./square_geometry.js";

const SIZE = 320;
const SVG = "http://www.w3.org/2000/svg";
const STEP = 2;
const LARGE_STEP = 20;
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

class Square {
  constructor(root) {
    this.root = root;
    this.inputs = CORNERS.map((corner) => root.querySelector(`[data-weight="${corner}"]`));
    this.labels = this.inputs.map((input) => root.querySelector(`label[for="${input.id}"]`).textContent.trim());
    this.board = root.querySelector("[data-board]");
    this.svg = this.board.querySelector("svg");
    this.handle = root.querySelector("[data-handle]");
    this.status = root.querySelector("[data-status]");
    this.balanceButton = root.querySelector("[data-balance]");
    this.undoButton = root.querySelector("[data-undo]");
    this.history = [];
    this.committed = this.texts();
    this.draft = null;
    this.listen();
    this.handle.hidden = false;
    this.board.dataset.ready = "";
    this.render();
  }

  texts() {
    return this.inputs.map((input) => input.value.trim());
  }

  // Four integers, or null when a field holds something else; a blank counts as 0.
  values() {
    const texts = this.texts();
    const valid = texts.every((text, index) => /^[0-9]{0,3}$/.test(text) && !this.inputs[index].validity.badInput);
    return valid ? texts.map((text) => Number(text || "0")) : null;
  }

  total() {
    const values = this.values();
    return values === null ? null : values.reduce((sum, value) => sum + value, 0);
  }

  // Listening ------------------------------------------------------------

  listen() {
    this.inputs.forEach((input) => {
      input.addEventListener("input", () => this.render());
      input.addEventListener("change", () => this.commit());
    });
    this.balanceButton.addEventListener("click", () => this.balance());
    this.undoButton.addEventListener("click", () => this.undo());
    this.root.addEventListener("keydown", (event) => this.onEscape(event));
    this.handle.addEventListener("keydown", (event) => this.onKey(event));
    this.board.addEventListener("pointerdown", (event) => this.onPointerDown(event));
    this.board.addEventListener("pointermove", (event) => this.onPointerMove(event));
    this.board.addEventListener("pointerup", () => this.onPointerEnd());
    this.board.addEventListener("pointercancel", () => this.cancelDrag());
  }

  onEscape(event) {
    if (event.key !== "Escape") return;
    if (this.draft !== null) this.cancelDrag();
    else if (this.history.length > 0) this.undo();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  onKey(event) {
    const move = MOVES[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (!move && event.key !== "Home") return;
    event.preventDefault();
    const step = event.shiftKey ? LARGE_STEP : STEP;
    const from = barycentre(this.startingWeights());
    const to = move ? { x: from.x + move[0] * step, y: from.y + move[1] * step } : { x: 0, y: 0 };
    this.write(weightsAt(to, this.startingWeights()));
    this.commit();
  }

  onPointerDown(event) {
    if (event.button !== 0 || this.draft !== null) return;
    event.preventDefault();
    this.board.setPointerCapture(event.pointerId);
    this.board.classList.add("is-dragging");
    this.draft = { texts: this.texts(), from: this.startingWeights() };
    this.handle.focus({ preventScroll: true });
    this.moveTo(event);
  }

  onPointerMove(event) {
    if (this.draft !== null) this.moveTo(event);
  }

  onPointerEnd() {
    if (this.draft === null) return;
    this.draft = null;
    this.board.classList.remove("is-dragging");
    this.commit();
  }

  cancelDrag() {
    if (this.draft === null) return;
    this.write(this.draft.texts);
    this.draft = null;
    this.board.classList.remove("is-dragging");
  }

  moveTo(event) {
    const box = this.svg.getBoundingClientRect();
    const scale = (SIZE + 4) / box.width;
    const along = (client, start) => (((client - start) * scale - 2) / SIZE) * 2 * TOTAL - TOTAL;
    const point = { x: along(event.clientX, box.left), y: along(event.clientY, box.top) };
    this.write(weightsAt(point, this.draft.from));
  }

  // Changing -------------------------------------------------------------

  startingWeights() {
    const values = this.values();
    return values === null ? [25, 25, 25, 25] : scaledToTotal(values);
  }

  write(values) {
    values.forEach((value, index) => { this.inputs[index].value = String(value); });
    this.render();
  }

  balance() {
    this.write(this.startingWeights());
    this.commit();
    this.handle.focus();
  }

  // Keeps what was there before the change, and tells the form that it changed.
  commit() {
    const texts = this.texts();
    if (texts.join() === this.committed.join()) return;
    this.history.push(this.committed);
    this.committed = texts;
    this.render();
    this.root.dispatchEvent(new CustomEvent("square:change", { bubbles: true, detail: { weights: this.values() } }));
  }

  undo() {
    const previous = this.history.pop();
    if (!previous) return;
    const hadFocus = document.activeElement === this.undoButton;
    this.committed = previous;
    this.write(previous);
    this.status.textContent = `${this.root.dataset.textUndone} ${this.status.textContent}`;
    if (hadFocus && this.undoButton.hidden) this.handle.focus();
    this.root.dispatchEvent(new CustomEvent("square:change", { bubbles: true, detail: { weights: this.values() } }));
  }

  // Drawing --------------------------------------------------------------

  render() {
    const values = this.values();
    this.renderStatus(this.total());
    this.undoButton.hidden = this.history.length === 0;
    if (values === null) return;
    this.svg.querySelector(".al-square-hatch")?.remove();
    const point = provisionalBarycentre(values);
    this.renderTiles(values);
    this.renderMarker(point);
    this.renderHandle(point, values);
  }

  renderStatus(total) {
    const { textComplete, textMissing, textExcess, textInvalid } = this.root.dataset;
    const fill = (text) => text.replace("{total}", total).replace("{rest}", Math.abs(TOTAL - total));
    let message = textInvalid;
    if (total === TOTAL) message = textComplete;
    else if (total !== null) message = fill(total < TOTAL ? textMissing : textExcess);
    this.status.textContent = message;
    this.status.classList.toggle("is-complete", total === TOTAL);
    this.status.classList.toggle("is-wrong", total !== TOTAL);
    this.root.classList.toggle("is-partial", total !== TOTAL);
    this.balanceButton.hidden = total === TOTAL || total === null;
  }

  renderTiles(values) {
    CORNERS.forEach((corner, index) => {
      const shape = this.tileOf(corner);
      const { x, y, side } = tile(index, Math.min(values[index], TOTAL), SIZE / 2);
      shape.setAttribute("x", x);
      shape.setAttribute("y", y);
      shape.setAttribute("width", side);
      shape.setAttribute("height", side);
    });
  }

  tileOf(corner) {
    const found = this.svg.querySelector(`[data-tile="${corner}"]`);
    if (found) return found;
    const made = document.createElementNS(SVG, "rect");
    made.setAttribute("class", `al-square-tile al-square-tile-${corner}`);
    made.dataset.tile = corner;
    this.svg.querySelector(".al-square-lines").before(made);
    return made;
  }

  renderMarker(point) {
    let marker = this.svg.querySelector("[data-marker]");
    if (!marker) {
      marker = document.createElementNS(SVG, "g");
      marker.setAttribute("class", "al-square-marker");
      marker.dataset.marker = "";
      for (const [name, radius] of [["al-square-halo", 11], ["al-square-dot", 8]]) {
        const circle = document.createElementNS(SVG, "circle");
        circle.setAttribute("class", name);
        circle.setAttribute("r", radius);
        marker.append(circle);
      }
      this.svg.append(marker);
    }
    const along = (value) => ((value + TOTAL) * SIZE) / (2 * TOTAL);
    marker.setAttribute("transform", `translate(${along(point.x)} ${along(point.y)})`);
  }

  renderHandle(point, values) {
    const along = (value) => `${((((value + TOTAL) * SIZE) / (2 * TOTAL) + 2) / (SIZE + 4)) * 100}%`;
    this.handle.style.left = along(point.x);
    this.handle.style.top = along(point.y);
    this.handle.setAttribute("aria-valuenow", Math.round(point.x));
    this.handle.setAttribute("aria-valuetext", this.spoken(point, values));
  }

  spoken(point, values) {
    const { textLeft, textRight, textTop, textBottom } = this.root.dataset;
    const horizontal = `${point.x < 0 ? textLeft : textRight} ${Math.abs(Math.round(point.x))}`;
    const vertical = `${point.y < 0 ? textTop : textBottom} ${Math.abs(Math.round(point.y))}`;
    const weights = values.map((value, index) => `${this.labels[index]} ${value}`).join(", ");
    return `${horizontal}, ${vertical}. ${weights}.`;
  }
}

// Safe to run again on the same page, and run on what htmx brings.
export function start(scope = document) {
  const roots = [...scope.querySelectorAll("[data-square]")];
  if (scope instanceof Element && scope.matches("[data-square]")) roots.push(scope);
  roots.filter((root) => !("squareReady" in root.dataset)).forEach((root) => {
    root.dataset.squareReady = "";
    new Square(root);
  });
}

start();
document.addEventListener("htmx:load", (event) => start(event.target));
