"""``admin/index.html`` and ``admin/start.js``: the page that opens the editor, and what it may load and ask."""

import html
from collections.abc import Mapping
from urllib.parse import urlsplit

from generator.authoring.editor.configuration import Backend
from generator.config.settings import EditorSettings, is_web_address

_LOCAL_SERVERS = ("http://localhost:8081", "http://127.0.0.1:8081")  # decap-server, which Decap CMS asks
# Where the services themselves are, if the bureau has no server of its own.
_SERVICES: Mapping[Backend, tuple[str, ...]] = {
    Backend.GITHUB: ("https://api.github.com", "https://github.com"),
    Backend.GITLAB: ("https://gitlab.com",),
    Backend.GITEA: ("https://gitea.com",),
}
_PAGE = """\
<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>网页编辑器</title>
<script src="./start.js"></script>
</head>
<body>
<noscript><p>网页编辑器要用 JavaScript，请在浏览器里允许它，再打开这一页。</p></noscript>
<main id="gongkai-help" hidden>
<h1>没有找到编辑器的脚本</h1>
<p>应有的文件：<code>{script}</code>{beside}。编辑器不随 gongkai 安装，取一次就行：</p>
<ol>
<li>在能上网的电脑上运行 <code>npm pack @sveltia/cms</code>，得到一个 tgz 文件，解开；</li>
<li>把里面的 <code>package/dist/sveltia-cms.js</code> 放在上面写的位置；</li>
<li>把 <code>package/locales/zh-CN.json</code> 放在脚本旁边的 <code>locales/</code> 文件夹里，界面才是中文；</li>
<li>图标的字体见使用手册“网页编辑器”；没有它，图标显示成英文单词，不影响使用；</li>
<li>刷新这一页。</li>
</ol>
<p>本单位的服务器上已经有的，在配置里写 <code>editor: {{script: 网址}}</code>，再运行 <code>gongkai editor</code>。</p>
</main>
<script src="{script}"></script>
</body>
</html>
"""
START = """\
// Sveltia CMS takes the words of its interface and its signs from unpkg.com and cdn.jsdelivr.net. Here they are taken
// from beside its script; nothing else is asked of other hosts.
"use strict";
const strings = /^https:\\/\\/unpkg\\.com\\/@sveltia\\/cms@[^/]+\\/locales\\/([A-Za-z-]+\\.json)$/;
const beside = (name) => new URL(name, document.querySelector("body > script[src]")?.src ?? location.href);
const fetchAnything = window.fetch.bind(window);
window.fetch = (resource, options) => {
  const address = resource instanceof Request ? resource.url : String(resource);
  const match = strings.exec(address);
  if (match) return fetchAnything(beside(`locales/${match[1]}`), options);
  if (address.startsWith("https://unpkg.com/")) return Promise.reject(new TypeError("unpkg.com is not asked"));
  return fetchAnything(resource, options);
};
// A new document begins as a draft. A default would not do: Sveltia CMS gives it to old documents, too.
const beginAsDraft = () => {
  if (/^#\\/collections\\/[a-z]+\\/new$/.test(location.hash)) location.replace(`${location.hash}?draft=true`);
};
window.addEventListener("hashchange", beginAsDraft);
window.addEventListener("load", () => {
  beginAsDraft();
  if (!("CMS" in window) || "decap" in window.CMS) return;
  const signs = new FontFace("Material Symbols Outlined", `url(${beside("fonts/material-symbols-outlined.woff2")})`);
  signs.load().then(() => document.fonts.add(signs), () => undefined);
});
window.addEventListener(
  "error",
  (event) => {
    if (event.target instanceof HTMLScriptElement) document.getElementById("gongkai-help").hidden = false;
  },
  true,
);
"""


def index_page(settings: EditorSettings, backend: Backend) -> str:
    """Return the page of the editor, with a policy that lets it ask its own host and its repository, nobody else."""
    script = settings.script if is_web_address(settings.script) else f"./{settings.script.removeprefix('./')}"
    beside = "" if is_web_address(settings.script) else "（在 admin 文件夹里）"
    policy = "; ".join(f"{name} {' '.join(sources)}" for name, sources in _policy(settings, backend).items())
    return _PAGE.format(policy=html.escape(policy, quote=False), script=html.escape(script), beside=beside)


def _policy(settings: EditorSettings, backend: Backend) -> Mapping[str, tuple[str, ...]]:
    hosts = (_origin(settings.script),) if is_web_address(settings.script) else ()
    server = (settings.server and _origin(settings.server),) if settings.server else _SERVICES.get(backend, ())
    asked = _LOCAL_SERVERS if backend is Backend.LOCAL else server
    pictures = () if backend is Backend.LOCAL else server
    return {
        "default-src": ("'none'",),
        "script-src": ("'self'", "'unsafe-eval'", *hosts),  # Decap CMS compiles its check of the configuration
        "style-src": ("'self'", "'unsafe-inline'", *hosts),
        "img-src": ("'self'", "data:", "blob:", *pictures),
        "font-src": ("'self'", "data:", *hosts),
        "media-src": ("'self'", "blob:"),
        "connect-src": ("'self'", "blob:", "data:", *hosts, *asked),
        "worker-src": ("'self'", "blob:"),
        "frame-src": ("'self'", "blob:"),
        "form-action": ("'none'",),
        "base-uri": ("'none'",),
    }


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
