// Draws the network: this process, relays, and peers in columns beside them, by site.

import { groups, short, since } from "./model.js";

const ROW = 46;
const SITE = 26;
const GAP = 14;
const LABEL = 200;
const TWO_COLUMNS = 720;
const MOST = 60;
const SVG = "http://www.w3.org/2000/svg";

/** Fills an element with the picture. */
export function draw(parent, view, selected, select, now) {
  const width = Math.max(280, parent.clientWidth - 16);
  const shown = mostUrgent(view.peers);
  const both = width >= TWO_COLUMNS && shown.length > 1;
  const columns = split(groups(shown), both);
  const relays = view.relays.filter((relay) => relay.state === "up" || shown.some((peer) => peer.relay === relay.publicKey));
  const least = both ? 180 : 100;
  const height = Math.max(least, ...columns.map(heightOf), relays.length === 0 ? 0 : 150 + relays.length * 40) + 24;
  const hub = { x: both ? width / 2 : 34, y: height / 2 };
  const places = relayPlaces(relays, hub, both, width, height);
  const svg = element("svg", { viewBox: `0 0 ${width} ${height}`, height, role: "group", "aria-label": "Network" });
  const lines = element("g", { "aria-hidden": "true" });
  svg.append(lines);
  columns.forEach((column, side) => {
    const left = both && side === 0;
    const x = !both ? width - Math.min(LABEL, width - 120) : left ? LABEL + 30 : width - LABEL - 30;
    let y = (height - heightOf(column)) / 2;
    for (const group of column) {
      if (group.site) svg.append(site(group, x, y, left));
      y += group.site ? SITE : 0;
      for (const peer of group.peers) {
        lines.append(path(peer, hub, { x, y: y + ROW / 2 }, places));
        svg.append(node(peer, x, y, left, selected, select, now, view));
        y += ROW;
      }
      y += GAP;
    }
  });
  relays.forEach((relay) => {
    lines.append(curve(hub, places.get(relay.publicKey), relay.state === "up" ? "relayed" : "down"));
    svg.append(relayNode(relay, places.get(relay.publicKey), places.get(relay.publicKey).y < hub.y));
  });
  svg.append(element("circle", { class: "hub", cx: hub.x, cy: hub.y, r: 13 }));
  svg.append(text(view.hub, { x: both ? hub.x : 6, y: hub.y + 32, "text-anchor": both ? "middle" : "start" }));
  const children = [svg];
  const more = view.peers.length - shown.length;
  const note = view.note || (view.peers.length === 0 ? "There are no peers yet." : more > 0 ? `${more} more are in the table.` : "");
  if (note) {
    const line = document.createElement("p");
    line.className = "quiet";
    line.textContent = note;
    children.push(line);
  }
  parent.replaceChildren(...children);
}

/** Where there are very many peers, those that are not connected directly matter most. */
function mostUrgent(peers) {
  const order = ["down", "busy", "relayed", "off", "local", "direct"];
  return peers.length <= MOST ? peers : [...peers].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)).slice(0, MOST);
}

/** Puts groups into columns of about the same height; the peers of one site stay together. */
function split(all, both) {
  if (!both) return [all];
  const half = all.reduce((sum, group) => sum + group.peers.length, 0) / 2;
  const columns = [[], []];
  let taken = 0;
  for (const group of all) {
    const room = Math.ceil(half - taken);
    if (group.site || room >= group.peers.length || room <= 0) {
      columns[taken < half && (taken === 0 || taken + group.peers.length <= half + 1) ? 0 : 1].push(group);
    } else {
      columns[0].push({ site: null, peers: group.peers.slice(0, room) });
      columns[1].push({ site: null, peers: group.peers.slice(room) });
    }
    taken = columns[0].reduce((sum, each) => sum + each.peers.length, 0);
  }
  return columns;
}

function heightOf(column) {
  return column.reduce((sum, group) => sum + (group.site ? SITE : 0) + group.peers.length * ROW + GAP, 0) - GAP;
}

/** Relays are above and below this process in turn. */
function relayPlaces(relays, hub, both, width, height) {
  const places = new Map();
  relays.forEach((relay, index) => {
    const step = (Math.floor(index / 2) + 1) * 74 * (index % 2 === 0 ? -1 : 1);
    places.set(relay.publicKey, { x: both ? hub.x : hub.x + 4, y: Math.min(height - 34, Math.max(34, hub.y + step)) });
  });
  return places;
}

function path(peer, hub, end, places) {
  return curve(places.get(peer.relay) ?? hub, end, peer.kind);
}

function curve(from, to, kind) {
  const middle = (from.x + to.x) / 2;
  return element("path", { class: `path ${kind}`, d: `M${from.x} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}` });
}

function site(group, x, y, left) {
  const mark = element("g", {});
  mark.append(element("path", { class: "bracket", d: `M${left ? x - LABEL + 10 : x + LABEL - 10} ${y + SITE - 4}H${x}` }));
  mark.append(text(`at ${group.site}`, { x: left ? x - 14 : x + 14, y: y + 15, class: "site", "text-anchor": left ? "end" : "start" }));
  const title = element("title", {});
  title.textContent = `${group.peers.length} peers have the public address ${group.site}`;
  mark.append(title);
  return mark;
}

function node(peer, x, y, left, selected, select, now, view) {
  const start = left ? x - LABEL + 4 : x - 12;
  const when = peer.since ? since(peer.since, now) : "";
  const words = [peer.word, when].filter((each) => each).join(" · ");
  const relay = view.relays.find((each) => each.publicKey === peer.relay);
  const spoken = `${peer.label}: ${peer.word}${relay ? ` by relay ${short(relay.publicKey)}` : ""}${when ? `, since ${when}` : ""}`;
  const group = element("g", {
    class: `peer ${peer.kind}`,
    tabindex: "0",
    role: "button",
    "aria-label": spoken,
    "aria-pressed": String(peer.publicKey === selected),
    "data-key": peer.publicKey,
  });
  group.append(element("rect", { class: "ground", x: start, y: y + 1, width: LABEL + 8, height: ROW - 2, rx: 8 }));
  group.append(mark(peer.kind, x, y + ROW / 2));
  const anchor = { x: left ? x - 16 : x + 16, "text-anchor": left ? "end" : "start" };
  group.append(text(fitted(peer.label), { ...anchor, y: y + 19 }));
  group.append(text(words, { ...anchor, y: y + 36, class: "small" }));
  group.addEventListener("click", () => select(peer.publicKey));
  group.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      select(peer.publicKey);
    }
  });
  return group;
}

/** Each kind has a form of its own, so that colour is not needed to tell them apart. */
function mark(kind, x, y) {
  if (kind === "relayed") return element("path", { class: "mark full", d: `M${x} ${y - 7}l7 7-7 7-7-7z` });
  if (kind === "down") return element("path", { class: "mark", d: `M${x - 5} ${y - 5}l10 10m0-10l-10 10` });
  if (kind === "local") return element("rect", { class: "mark full", x: x - 6, y: y - 6, width: 12, height: 12 });
  return element("circle", { class: kind === "direct" ? "mark full" : "mark", cx: x, cy: y, r: 6 });
}

function relayNode(relay, place, above) {
  const group = element("g", {});
  group.append(element("rect", { class: "relay", x: place.x - 8, y: place.y - 8, width: 16, height: 16, transform: `rotate(45 ${place.x} ${place.y})` }));
  group.append(text("relay", { x: place.x, y: place.y + (above ? -16 : 27), class: "small", "text-anchor": "middle" }));
  group.append(element("title", {}));
  group.lastChild.textContent = `relay ${short(relay.publicKey)} at ${relay.endpoint ?? "no endpoint"}: ${relay.state}`;
  return group;
}

/** Returns a small picture of a kind of path, for the legend. */
export function sample(kind) {
  const svg = element("svg", { viewBox: "0 0 34 18", class: kind, "aria-hidden": "true" });
  svg.append(element("path", { class: `path ${kind}`, d: "M0 9H20" }), mark(kind, 25, 9));
  return svg;
}

function fitted(label) {
  return label.length > 24 ? `${label.slice(0, 23)}…` : label;
}

function text(words, attributes) {
  const made = element("text", attributes);
  made.textContent = words;
  return made;
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
