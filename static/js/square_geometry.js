// The geometry of alliances/square/geometry.py, repeated for the browser. A browser test gives the
// same values to both and compares the answers. Weights are [hr, stk, eco, inn].

export const TOTAL = 100;
export const CORNERS = ["hr", "stk", "eco", "inn"];
const LIMIT = 100;

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

export function barycentre([hr, stk, eco, inn]) {
  return { x: eco + inn - (hr + stk), y: stk + inn - (hr + eco) };
}

// Where the barycentre would be if the numbers summed to 100.
export function provisionalBarycentre(values) {
  const total = values.reduce((sum, value) => sum + value, 0);
  const point = barycentre(values);
  return total === 0 ? { x: 0, y: 0 } : { x: (point.x * TOTAL) / total, y: (point.y * TOTAL) / total };
}

function sideWeight(coordinate) {
  return Math.floor((TOTAL + clamp(coordinate, -LIMIT, LIMIT)) / 2 + 0.5);
}

export function weightsAt({ x, y }, [hr, stk, eco, inn]) {
  const right = sideWeight(x);
  const lower = sideWeight(y);
  const wished = (inn + (right - eco) + (lower - stk) + (hr - TOTAL + right + lower)) / 4;
  const nearest = Math.min(Math.max(wished, 0, right + lower - TOTAL), right, lower);
  const whole = Math.floor(nearest + 0.5);
  return [TOTAL - right - lower + whole, lower - whole, right - whole, whole];
}

export function scaledToTotal(values) {
  const total = values.reduce((sum, value) => sum + value, 0);
  if (total === 0) return [25, 25, 25, 25];
  const whole = values.map((value) => Math.floor((TOTAL * value) / total));
  const remainders = values.map((value) => (TOTAL * value) % total);
  const missing = TOTAL - whole.reduce((sum, value) => sum + value, 0);
  [0, 1, 2, 3]
    .sort((a, b) => remainders[b] - remainders[a] || a - b)
    .slice(0, missing)
    .forEach((index) => { whole[index] += 1; });
  return whole;
}

// The tile of one weight: its area is proportional to the weight.
export function tile(index, weight, centre) {
  const side = centre * Math.sqrt(weight / TOTAL);
  const isRight = index >= 2;
  const isLower = index % 2 === 1;
  return { x: isRight ? centre : centre - side, y: isLower ? centre : centre - side, side };
}
