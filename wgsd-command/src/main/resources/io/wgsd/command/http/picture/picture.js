// Keeps the page up to date with what this process sends.

import { counts, view } from "./model.js";
import { draw, sample } from "./drawing.js";
import { detail, made, peers, servers } from "./detail.js";

/** This process sends something every five seconds at least. */
const PATIENCE = 12000;
const POLL = 5000;

const at = (id) => document.getElementById(id);
let processes = [];
let shown = null;
let chosen = null;
let heard = 0;

function take(text) {
  heard = Date.now();
  processes = JSON.parse(text);
  const names = processes.map((each) => view(each, null, heard).title);
  if (names.join() !== [...at("which").options].map((each) => each.text).join()) {
    at("which").replaceChildren(...names.map((name, index) => new Option(name, index)));
  }
  at("choice").hidden = processes.length < 2;
  show();
}

function show() {
  const now = Date.now();
  const away = now - heard > PATIENCE;
  const live = heard === 0 ? "Connecting" : away ? "This process does not answer; what is shown is old" : "Live";
  if (at("live").textContent !== live) at("live").textContent = live;
  at("live").className = away ? "away" : "";
  const process = processes[Number(at("which").value) || 0];
  if (!process) return;
  shown = view(process, shown, heard);
  document.title = `${shown.well ? "" : "! "}${shown.title} – wgsd`;
  at("title").textContent = shown.title;
  at("subtitle").textContent = shown.subtitle;
  at("problems").replaceChildren(...shown.problems.map((each) => made("li", each)));
  at("counts").replaceChildren(...counts(shown.peers).map(({ kind, count }) => {
    const item = document.createElement("li");
    item.append(sample(kind), made("span", `${count} ${shown.kinds[kind]}`));
    return item;
  }));
  keepingFocus(() => {
    draw(at("picture"), shown, chosen, choose, now);
    peers(at("peers"), shown, choose, now);
    servers(at("servers"), shown, now);
  });
  detail(at("detail"), shown, shown.peers.find((peer) => peer.publicKey === chosen), now);
}

function choose(key) {
  chosen = key;
  show();
}

/** What is drawn again must not lose the keyboard's place, nor the tables theirs. */
function keepingFocus(change) {
  const { key, row } = document.activeElement?.dataset ?? {};
  const scrolled = [...document.querySelectorAll(".scroll")].map((each) => each.scrollLeft);
  change();
  document.querySelectorAll(".scroll").forEach((each, index) => (each.scrollLeft = scrolled[index] ?? 0));
  const name = key ? "data-key" : "data-row";
  if (key || row) document.querySelector(`[${name}="${CSS.escape(key ?? row)}"]`)?.focus();
}

/** Where there are too many streams, or none is let through, it asks again and again. */
function listen() {
  const events = new EventSource("events");
  events.onmessage = (event) => take(event.data);
  events.onerror = () => {
    if (events.readyState === EventSource.CLOSED) setTimeout(poll, POLL);
  };
}

async function poll() {
  try {
    const response = await fetch("status.json");
    if (response.ok) take(await response.text());
    listen();
  } catch {
    setTimeout(poll, POLL);
  }
}

at("which").addEventListener("change", show);
addEventListener("resize", show);
setInterval(show, POLL);
listen();
