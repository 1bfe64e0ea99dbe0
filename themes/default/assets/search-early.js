// Loads the pairs of the query beside the rest of the search: on a slow line that is one waiting time less.

const version = new URL(import.meta.url).search;
const { firstKeys, numberOf, shardOf } = await import(`./search-words.js${version}`);
const MOST = 12; // files; a long question has more, and words that the search leaves out
const query = new URLSearchParams(location.search).get("q") ?? "";
const { shards, stops } = document.querySelector("script[data-shards]").dataset;
const number = numberOf(query);
const keys = [...(number?.keys ?? []), ...(number?.whole ? [] : firstKeys(query, stops.split(" ")))];
const needed = new Set(keys.map((key) => shardOf(key, Number(shards))));

for (const shard of [...needed].slice(0, MOST)) {
  const link = { rel: "preload", as: "fetch", crossOrigin: "anonymous", href: `pairs/${shard}.json` };
  document.head.append(Object.assign(document.createElement("link"), link));
}
