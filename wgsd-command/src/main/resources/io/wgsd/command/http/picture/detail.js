// The words beside the picture: one peer, the registries and relays, and the table of all peers.

import { bytes, duration, short, since } from "./model.js";

const MOST_ROWS = 500;

/** Fills an element with what is known of one peer. */
export function detail(parent, view, peer, now) {
  if (!peer) {
    const hint = view.peers.length > 0 ? [made("p", "Choose a peer to see what is known of it.", "quiet")] : [];
    parent.replaceChildren(...hint);
    return;
  }
  const facts = [
    ["Path", `${peer.word}${peer.relay ? ` by relay ${short(peer.relay)}` : ""}`, peer.kind],
    ["Since", peer.since ? `${since(peer.since, now)} (${new Date(peer.since).toLocaleString()})` : ""],
    ["Heard", peer.ageSeconds === undefined ? "" : `${duration(peer.ageSeconds)} ago`],
    ["Handshake", peer.latestHandshake ? `${since(peer.latestHandshake, now)} ago` : peer.rxBytes === undefined ? "" : "never"],
    ["Received", traffic(peer.rxBytes, peer.rxRate)],
    ["Sent", traffic(peer.txBytes, peer.txRate)],
    ["Endpoint", (peer.endpoints ?? [peer.endpoint]).filter((each) => each).join(", ")],
    ["Advertised", peer.advertised && peer.advertised !== peer.endpoint ? peer.advertised : ""],
    ["Public address", peer.site ?? ""],
    ["Heard by relays", (peer.relays ?? []).map(short).join(", ")],
    ["Key", peer.publicKey, "key"],
  ];
  const list = document.createElement("dl");
  for (const [name, words, style] of facts.filter(([, words]) => words)) {
    list.append(made("dt", name), made("dd", words, style));
  }
  const parts = [made("h2", peer.label), ...(peer.reason ? [made("p", peer.reason, "reason")] : []), list];
  if (view.explains) {
    const why = made("p", "Why, and what to do: ", "reason");
    why.append(made("code", `wgsd explain ${peer.name ?? peer.publicKey} --device ${view.title}`));
    parts.push(why);
  }
  parent.replaceChildren(...parts);
}

function traffic(count, rate) {
  return count === null || count === undefined ? "" : `${bytes(count)}${rate > 0 ? `, ${bytes(rate)}/s` : ""}`;
}

/** Fills an element with the registries and relays of an agent. */
export function servers(parent, view, now) {
  const parts = [];
  if (view.registries.length > 0) {
    parts.push(made("h2", "Registries"), table(["Registry", "State", "Since", "Heard", "By"], view.registries.map((each) => [
      each.server,
      { words: each.state.replace("_", " "), style: style(each.state), note: each.reason },
      since(each.since, now),
      each.ageSeconds === null ? "never" : `${duration(each.ageSeconds)} ago`,
      each.pushing ? "push" : "poll",
    ])));
  }
  if (view.relays.length > 0) {
    parts.push(made("h2", "Relays"), table(["Relay", "State", "Since", "Endpoint"], view.relays.map((each) => [
      short(each.publicKey),
      { words: each.state, style: style(each.state), note: each.reason },
      since(each.since, now),
      each.endpoint ?? "none",
    ])));
  }
  parent.replaceChildren(...parts);
}

function style(state) {
  return { up: "direct", down: "down", not_asked: "down", attaching: "busy" }[state] ?? "off";
}

/** Fills an element with the table of peers. */
export function peers(parent, view, select, now) {
  if (view.peers.length === 0) {
    parent.replaceChildren();
    return;
  }
  const rows = view.peers.slice(0, MOST_ROWS).map((peer) => [
    { words: peer.label, choose: () => select(peer.publicKey), key: peer.publicKey },
    { words: peer.word, style: peer.kind },
    since(peer.since, now),
    peer.latestHandshake ? `${since(peer.latestHandshake, now)} ago` : peer.ageSeconds === undefined ? "never" : `${duration(peer.ageSeconds)} ago`,
    { words: bytes(peer.rxBytes), style: "number" },
    { words: bytes(peer.txBytes), style: "number" },
    peer.endpoint ?? "none",
  ]);
  const head = ["Peer", "Path", "Since", "Handshake", { words: "Received", style: "number" }, { words: "Sent", style: "number" }, "Endpoint"];
  const more = view.peers.length - rows.length;
  parent.replaceChildren(made("h2", "Peers"), table(head, rows), ...(more > 0 ? [made("p", `${more} more: see "wgsd status".`, "quiet")] : []));
}

function table(head, rows) {
  const scroll = document.createElement("div");
  scroll.className = "scroll";
  scroll.tabIndex = 0;
  const all = document.createElement("table");
  const first = all.createTHead().insertRow();
  for (const column of head) {
    const cell = made("th", column.words ?? column, column.style);
    cell.scope = "col";
    first.append(cell);
  }
  const body = all.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const each of row) line.append(cell(each));
  }
  scroll.append(all);
  return scroll;
}

function cell(each) {
  if (!each.choose) {
    const plain = made("td", each.words ?? each, each.style);
    if (each.note) plain.append(made("div", each.note, "quiet"));
    return plain;
  }
  const button = made("button", each.words);
  button.type = "button";
  button.dataset.row = each.key;
  button.addEventListener("click", each.choose);
  const around = document.createElement("td");
  around.append(button);
  return around;
}

export function made(name, words, style) {
  const element = document.createElement(name);
  element.textContent = words;
  if (style) element.className = style;
  return element;
}
