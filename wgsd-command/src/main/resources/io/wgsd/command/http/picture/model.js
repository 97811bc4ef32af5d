// What the page shows, from what "wgsd status --json" says. Pure functions.

const CUT_OFF = ["silent", "unreachable"];
const TRYING = ["opening", "calling", "suspect"];
/** WireGuard's REJECT_AFTER_TIME: a session without a handshake for so long is dead. */
const LIVE_SECONDS = 180;

export const KINDS = {
  direct: "direct",
  local: "local",
  relayed: "relayed",
  busy: "connecting",
  down: "cut off",
  off: "not connected",
};

/** Returns a process as it is shown; what it was before gives rates. */
export function view(process, before, now) {
  const view = {
    id: `${process.kind} ${process.zone ?? ""} ${process.device ?? process.endpoint ?? ""}`,
    title: process.device ?? process.zone,
    subtitle: "",
    hub: "this host",
    well: process.well,
    problems: process.problems,
    registries: process.registries ?? [],
    relays: process.relays instanceof Array ? process.relays : [],
    peers: [],
    note: "",
    explains: process.kind === "agent",
    kinds: KINDS,
  };
  if (process.kind === "agent") {
    view.subtitle = "Agent: which paths this host has to its peers";
    view.peers = process.peers.map((peer) => agentPeer(peer));
  } else if (process.kind === "registry") {
    view.title = process.zone;
    view.hub = "registry";
    view.kinds = { ...KINDS, direct: "connected" };
    view.subtitle = `Registry of ${process.device}: which peers it hears. Which paths they take among themselves, their agents know.`;
    view.peers = (process.peerList ?? []).map((peer) => registryPeer(peer, now));
    view.note = process.peerList || process.peers === null ? "" : `${process.peers} peers are too many to show each. "wgsd browse" lists them.`;
  } else {
    view.title = process.zone;
    view.hub = "relay";
    view.kinds = { ...KINDS, direct: "attached" };
    view.subtitle = `Relay at ${process.endpoint}: ${process.attached} of ${process.members} members are attached`;
    view.peers = (process.peerList ?? []).map((peer) => relayPeer(peer));
    view.note = process.peerList ? "" : `${process.attached} members are too many to show each.`;
  }
  addRates(view, before, now);
  view.peers.sort((a, b) => (a.name ?? "~").localeCompare(b.name ?? "~") || a.publicKey.localeCompare(b.publicKey));
  view.at = now;
  return view;
}

function agentPeer(peer) {
  const kind = peer.path ?? (CUT_OFF.includes(peer.state) ? "down" : TRYING.includes(peer.state) ? "busy" : "off");
  return { ...peer, kind, word: kind === "local" ? "local" : peer.state, label: peer.name ?? short(peer.publicKey) };
}

function registryPeer(peer, now) {
  const heard = peer.latestHandshake ? (now - Date.parse(peer.latestHandshake)) / 1000 : Infinity;
  const kind = heard < LIVE_SECONDS ? "direct" : "off";
  const word = kind === "direct" ? "connected" : heard === Infinity ? "never heard" : "silent";
  // A registry knows since when a peer is where it is; of a silent one the last handshake says more.
  const since = kind === "direct" ? peer.since : peer.latestHandshake;
  return { ...peer, kind, word, since, label: peer.name ?? short(peer.publicKey), endpoint: peer.endpoints[0] ?? null };
}

function relayPeer(peer) {
  return { ...peer, kind: "direct", word: "attached", label: peer.name ?? short(peer.publicKey), endpoint: peer.endpoints[0] };
}

function addRates(view, before, now) {
  const seconds = before && before.id === view.id ? (now - before.at) / 1000 : 0;
  const earlier = new Map(seconds > 0 ? before.peers.map((peer) => [peer.publicKey, peer]) : []);
  for (const peer of view.peers) {
    const last = earlier.get(peer.publicKey);
    if (last && peer.rxBytes >= last.rxBytes && peer.txBytes >= last.txBytes) {
      peer.rxRate = (peer.rxBytes - last.rxBytes) / seconds;
      peer.txRate = (peer.txBytes - last.txBytes) / seconds;
    }
  }
}

/** Returns the peers in groups: those with one public address together, and all others alone. */
export function groups(peers) {
  const sites = new Map();
  for (const peer of peers) {
    const site = peer.site ?? peer.publicKey;
    sites.set(site, [...(sites.get(site) ?? []), peer]);
  }
  const all = [...sites.values()];
  const shared = all.filter((group) => group.length > 1).map((group) => ({ site: group[0].site, peers: group }));
  const alone = all.filter((group) => group.length === 1).flat();
  return alone.length > 0 ? [...shared, { site: null, peers: alone }] : shared;
}

/** Returns how many peers there are of each kind, those that there are. */
export function counts(peers) {
  return Object.keys(KINDS)
    .map((kind) => ({ kind, count: peers.filter((peer) => peer.kind === kind).length }))
    .filter((each) => each.count > 0);
}

export function short(key) {
  return `${key.slice(0, 8)}…`;
}

/** Returns a time in its greatest unit, as "wgsd status" does. */
export function duration(seconds) {
  if (!(seconds >= 1)) return "0 s";
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  return seconds < 172800 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86400)} d`;
}

export function since(instant, now) {
  return instant ? duration((now - Date.parse(instant)) / 1000) : "";
}

export function bytes(count) {
  if (count === null || count === undefined) return "";
  let value = count;
  let unit = 0;
  while (value >= 1024 && unit < 5) {
    value /= 1024;
    unit++;
  }
  return `${unit > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} ${["B", "KiB", "MiB", "GiB", "TiB", "PiB"][unit]}`;
}
