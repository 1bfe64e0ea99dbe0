// Loads the pairs of the query beside the rest of the search: on a slow line that is one waiting time less.

const version = new URL(import.meta.url).search;
const { keysOf, numberOf, shardOf } = await import(`./search-words.js${version}`);
const MOST = 12; // files; a long question has more, and words that the search leaves out
const query = new URLSearchParams(location.search).get("q") ?? "";
const shards = Number(document.querySelector("script[data-shards]").dataset.shards);
const needed = new Set((numberOf(query)?.keys ?? keysOf(query)).map((key) => shardOf(key, shards)));

for (const shard of [...needed].slice(0, MOST)) {
  const link = { rel: "preload", as: "fetch", crossOrigin: "anonymous", href: `pairs/${shard}.json` };
  document.head.append(Object.assign(document.createElement("link"), link));
}
