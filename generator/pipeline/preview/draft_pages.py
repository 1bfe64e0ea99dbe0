"""What a preview adds to the page of a draft: a bar at its top; and the pages that have no template."""

import html
import re
from collections.abc import Collection
from urllib.parse import quote

from generator.pipeline.preview.drafts import DraftPage

STYLE = b"""#gongkai-draft { margin: 0; padding: .75rem 1rem; background: #fff6dc; border-bottom: 3px solid #b36b00;
  color: #1c2430; }
#gongkai-draft p, #gongkai-draft ul { margin: .25rem 0; }
pre { white-space: pre-wrap; }
"""
_BODY = re.compile(rb"<body[^>]*>")


def page_of(draft: DraftPage, prefix: str) -> bytes:
    """Return the page of a draft with its bar; ``prefix`` is the path of the preview's own pages."""
    if draft.file is None:
        page = _plain_page(draft.title or draft.path, f"<pre>{html.escape(draft.source)}</pre>")
    else:
        page = draft.file.read_bytes()
    bar = _bar(draft, prefix).encode()
    style = f'<link rel="stylesheet" href="{prefix}draft.css">'.encode()
    return _BODY.sub(lambda match: match[0] + bar, page.replace(b"</head>", style + b"</head>", 1), count=1)


def list_page(drafts: Collection[DraftPage], prefix: str) -> bytes:
    """Return the list of all drafts, with links to their pages."""
    rows = "".join(
        f'<li><a href="/{quote(draft.address)}">{html.escape(draft.title or draft.path)}</a>'
        f"（{html.escape(draft.path)}，{_count(draft)}）</li>"
        for draft in sorted(drafts, key=lambda draft: draft.path)
    )
    style = f'<link rel="stylesheet" href="{prefix}draft.css">'
    return _plain_page("草稿", f"{style}<ul>{rows}</ul>" if rows else "<p>没有草稿。</p>")


def _count(draft: DraftPage) -> str:
    return f"还有 {len(draft.findings)} 项没有写好" if draft.findings else "没有发现问题"


def _bar(draft: DraftPage, prefix: str) -> str:
    items = "".join(
        f"<li>第 {finding.line} 行：{html.escape(finding.message)}"
        f"{html.escape(f'。改法：{finding.hint}') if finding.hint else ''}（{finding.rule}）</li>"
        for finding in draft.findings
    )
    shown = "" if draft.file else "这份草稿还不能按网页的样子显示，下面是源文件。"
    notes = "；".join(draft.notes)
    return (
        f'<aside id="gongkai-draft" aria-label="草稿"><p><strong>草稿</strong>　{html.escape(draft.path)}，'
        f'{_count(draft)}。{shown}{html.escape(notes)}。<a href="{prefix}drafts/">全部草稿</a></p>'
        + (f"<ul>{items}</ul>" if items else "")
        + "</aside>"
    )


def _plain_page(title: str, body: str) -> bytes:
    heading = html.escape(title)
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{heading}</title></head>'
        f"<body><main><h1>{heading}</h1>{body}</main></body></html>"
    ).encode()
