document.documentElement.dataset.script = "";
try {
  Object.assign(document.documentElement.dataset, JSON.parse(localStorage.getItem("gongkai-reading")));
} catch {}
