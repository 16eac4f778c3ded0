// Draws <div data-map> from local geometry with Leaflet: no tile, no outside call. What
// the map shows is also in the list beside it, so a failure leaves the page complete.
//
// data-geojson-url: polygons; properties name, url (optional), level (1 to 5 for a
//   choropleth, "unknown", or absent), label (optional figure in words).
// data-points-url: points; properties name, url, kind (optional), count (optional: how
//   many things stand there, 1 unless told).
// data-text-*: the words of the controls, written by the template.

const COLOURS = { 1: "#e3ece9", 2: "#b7d0ce", 3: "#84aeb0", 4: "#4b8389", 5: "#1d5560" };
const CLUSTER_PX = 36;

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

async function load(url) {
  const response = await fetch(url, { headers: { Accept: "application/geo+json, application/json" } });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}

function styleOf(feature) {
  const { level } = feature.properties;
  return {
    color: colour("--al-line-strong"),
    weight: 1,
    dashArray: level === "unknown" ? "3 3" : null,
    fillColor: COLOURS[level] ?? colour("--al-surface"),
    fillOpacity: 1,
  };
}

function caption({ name, label }) {
  const text = document.createElement("span");
  text.textContent = label ? `${name} – ${label}` : name;
  return text;
}

// A path that leads somewhere is a link: reached by Tab, opened by Enter.
function makeLink(layer, { name, url, label }) {
  layer.on("mouseover focus", () => layer.setStyle({ weight: 3, color: colour("--al-ink") }));
  layer.on("mouseout blur", () => layer.setStyle({ weight: 1, color: colour("--al-line-strong") }));
  if (!url) return;
  layer.on("click", () => window.location.assign(url));
  layer.on("add", () => {
    const path = layer.getElement?.();
    if (!path) return;
    path.setAttribute("tabindex", "0");
    path.setAttribute("role", "link");
    path.setAttribute("aria-label", label ? `${name}, ${label}` : name);
    path.addEventListener("focus", () => layer.fire("focus"));
    path.addEventListener("blur", () => layer.fire("blur"));
    path.addEventListener("keydown", (event) => {
      if (event.key === "Enter") window.location.assign(url);
    });
  });
}

function drawPolygons(map, geojson) {
  return L.geoJSON(geojson, {
    style: styleOf,
    filter: (feature) => feature.geometry.type !== "Point",
    onEachFeature: (feature, layer) => {
      layer.bindTooltip(caption(feature.properties), { sticky: true });
      makeLink(layer, feature.properties);
    },
  }).addTo(map);
}

// Groups the points that would touch on the screen at this zoom.
function clusters(map, features) {
  const cells = new Map();
  for (const feature of features) {
    const [longitude, latitude] = feature.geometry.coordinates;
    const pixel = map.project([latitude, longitude]);
    const key = `${Math.floor(pixel.x / CLUSTER_PX)}:${Math.floor(pixel.y / CLUSTER_PX)}`;
    const cell = cells.get(key) ?? { latitude: 0, longitude: 0, features: [] };
    cell.latitude += latitude;
    cell.longitude += longitude;
    cell.features.push(feature);
    cells.set(key, cell);
  }
  return [...cells.values()].map(({ latitude, longitude, features: members }) => ({
    at: [latitude / members.length, longitude / members.length],
    members,
  }));
}

function drawPoints(map, geojson) {
  const layer = L.layerGroup().addTo(map);
  // Above the polygons: Leaflet puts a canvas below what is drawn in SVG.
  map.createPane("points").style.zIndex = 450;
  const renderer = L.canvas({ padding: 0.5, pane: "points" });
  const draw = () => {
    layer.clearLayers();
    for (const { at, members } of clusters(map, geojson.features)) {
      const one = members.length === 1 ? members[0].properties : null;
      const total = members.reduce((sum, { properties }) => sum + (properties.count ?? 1), 0);
      const marker = L.circleMarker(at, {
        renderer,
        pane: "points",
        radius: Math.min(6 + 2 * Math.log2(total), 22),
        color: colour("--al-surface"),
        weight: 2,
        fillColor: colour("--al-ink"),
        fillOpacity: 0.9,
      });
      marker.bindTooltip(caption(one ?? { name: String(total), label: members.slice(0, 3).map((member) => member.properties.name).join(", ") }));
      marker.on("click", () => {
        if (one?.url) window.location.assign(one.url);
        else map.setView(at, Math.min(map.getZoom() + 2, map.getMaxZoom()));
      });
      marker.addTo(layer);
    }
  };
  map.on("zoomend", draw);
  draw();
}

const NEAR_DEG = 10;

function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

// The points decide what is seen first, less those an ocean away from most of them;
// without points, the polygons do.
function boundsOf(layers, points) {
  const bounds = L.latLngBounds([]);
  const at = points?.features.map(({ geometry }) => geometry.coordinates) ?? [];
  if (!at.length) layers.forEach((layer) => bounds.extend(layer.getBounds()));
  const [longitude, latitude] = [0, 1].map((axis) => median(at.map((point) => point[axis])));
  at.filter((point) => Math.abs(point[0] - longitude) < NEAR_DEG && Math.abs(point[1] - latitude) < NEAR_DEG)
    .forEach((point) => bounds.extend([point[1], point[0]]));
  return bounds;
}

function createMap(container) {
  const { textZoomIn, textZoomOut, label } = container.dataset;
  container.setAttribute("role", "region");
  container.setAttribute("aria-label", label);
  const map = L.map(container, {
    attributionControl: false,
    zoomControl: false,
    scrollWheelZoom: false,
    maxZoom: 14,
    zoomSnap: 0.25,
    fadeAnimation: false,
  });
  L.control.zoom({ zoomInTitle: textZoomIn, zoomOutTitle: textZoomOut }).addTo(map);
  return map;
}

async function start(container) {
  const { geojsonUrl, pointsUrl } = container.dataset;
  if (!geojsonUrl && !pointsUrl) return;
  container.dataset.mapReady = "loading";
  try {
    const [polygons, points] = await Promise.all([geojsonUrl ? load(geojsonUrl) : null, pointsUrl ? load(pointsUrl) : null]);
    container.querySelector(".al-map-waiting")?.remove();
    const map = createMap(container);
    const bounds = boundsOf(polygons ? [L.geoJSON(polygons)] : [], points);
    if (bounds.isValid()) map.fitBounds(bounds, { padding: [24, 24], maxZoom: points?.features.length ? 8 : undefined });
    else map.setView([46.6, 2.4], 5);
    if (polygons) drawPolygons(map, polygons);
    if (points) drawPoints(map, points);
    container.dataset.mapReady = "done";
  } catch (error) {
    container.dataset.mapReady = "failed";
    const message = container.querySelector(".al-map-waiting");
    if (message) message.textContent = container.dataset.textFailed;
    console.warn(error);
  }
}

export function startAll(scope = document) {
  scope.querySelectorAll("[data-map]:not([data-map-ready])").forEach(start);
}

startAll();
document.addEventListener("htmx:load", (event) => startAll(event.target));
