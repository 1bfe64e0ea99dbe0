// Large text, remembered on this device; print. Everything else works without a script.
const key = "gongkai-size";
const root = document.documentElement;
const stored = () => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};
const apply = (size) => {
  if (size === "large") root.dataset.size = "large";
  else delete root.dataset.size;
};
apply(stored());
for (const tools of document.querySelectorAll(".tools")) {
  const large = tools.querySelector("[data-tool=large]");
  const show = () => large.setAttribute("aria-pressed", String(root.dataset.size === "large"));
  large.addEventListener("click", () => {
    const size = root.dataset.size === "large" ? "normal" : "large";
    try {
      localStorage.setItem(key, size);
    } catch {
      /* private browsing: for this page only */
    }
    apply(size);
    show();
  });
  tools.querySelector("[data-tool=print]").addEventListener("click", () => window.print());
  show();
  tools.hidden = false;
}
