// The tools of the head of a page: larger text in two steps and high contrast, remembered on this device; reading aloud
// with the browser's own voice; print. mode.js has applied what is remembered before the page was painted, and the styles
// show the buttons in that state at once.
// Everything else works without a script.
{
  const root = document.documentElement;
  const STEPS = ["", "large", "larger"];
  const step = () => Math.max(0, STEPS.indexOf(root.dataset.size ?? ""));

  const keep = (name, value) => {
    root.dataset[name] = value;
    try {
      const { size = "", contrast = "" } = root.dataset;
      localStorage.setItem("gongkai-reading", JSON.stringify({ size, contrast }));
    } catch {
      /* private browsing: for this page only */
    }
  };

  for (const tools of document.querySelectorAll(".tools")) {
    const tool = (name) => tools.querySelector(`[data-tool=${name}]`);
    const press = (button, pressed) => button?.setAttribute("aria-pressed", String(pressed));
    const show = () => {
      press(tool("larger"), step() > 0);
      press(tool("contrast"), root.dataset.contrast === "high");
    };
    tool("larger")?.addEventListener("click", () => {
      keep("size", STEPS[(step() + 1) % STEPS.length]);
      show();
    });
    tool("contrast")?.addEventListener("click", () => {
      keep("contrast", root.dataset.contrast === "high" ? "" : "high");
      show();
    });
    tool("print")?.addEventListener("click", () => window.print());
    show();
    addEventListener("pageshow", show);
    const aloud = tool("aloud");
    if (aloud) readAloud(aloud, tools.querySelector("[role=status]"), (pressed) => press(aloud, pressed));
  }

  // On a phone the navigation scrolls sideways: the current column is in view.
  const bar = document.querySelector(".site-nav ul");
  const current = bar?.querySelector("[aria-current]");
  if (current) bar.scrollLeft = current.offsetLeft - bar.offsetLeft - bar.clientWidth / 4;

  // Reads the title, the notices and the text one paragraph after the other, and marks the one that is read.
  function readAloud(button, status, press) {
    if (!("speechSynthesis" in window)) {
      button.hidden = true;
      return;
    }
    const BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, caption, th, td, summary, figcaption, blockquote, pre";
    const SKIPPED = "nav, form, .tools, .anchor, .badge[hidden], .visually-hidden, svg, script, [data-silent]";
    const LONG = 120; // some browsers stop in the middle of a long utterance
    let turn = 0;

    const words = (block) => {
      const copy = block.cloneNode(true);
      for (const part of copy.querySelectorAll(`${BLOCKS}, ${SKIPPED}`)) part.remove();
      return copy.textContent.replace(/\s+/g, " ").trim();
    };
    const sentences = (text) =>
      text.split(/(?<=[。！？；])/).flatMap((part) => part.match(new RegExp(`.{1,${LONG}}`, "gs")) ?? []);
    const parts = () => {
      const main = document.querySelector("main");
      const blocks = [...main.querySelectorAll(BLOCKS)];
      const heard = blocks.filter((block) => !block.closest(SKIPPED) && block.checkVisibility?.() !== false);
      return heard.flatMap((block) => sentences(words(block)).map((text) => ({ block, text })));
    };
    const unmark = () => {
      for (const block of document.querySelectorAll("[data-read]")) delete block.dataset.read;
    };
    const stop = () => {
      turn += 1;
      speechSynthesis.cancel();
      unmark();
      press(false);
    };
    const speak = (rest, mine) => {
      if (mine !== turn) return;
      const [part, ...later] = rest;
      if (!part) {
        stop();
        return;
      }
      const said = Object.assign(new SpeechSynthesisUtterance(part.text), { lang: document.documentElement.lang });
      said.voice = speechSynthesis.getVoices().find(({ lang }) => /^(zh|cmn)\b/i.test(lang)) ?? null;
      said.onend = () => speak(later, mine);
      said.onerror = () => {
        if (mine !== turn) return;
        stop();
        status.textContent = button.dataset.failed;
      };
      unmark();
      part.block.dataset.read = "";
      part.block.scrollIntoView({ block: "nearest" });
      speechSynthesis.speak(said);
    };
    button.addEventListener("click", () => {
      const reading = button.getAttribute("aria-pressed") === "true";
      stop();
      status.textContent = "";
      if (reading) return;
      press(true);
      speak(parts(), turn);
    });
    addEventListener("pagehide", stop);
  }
}
