"""Call the stages of the program as functions, on one text, several texts or a folder."""

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.audit import run_rules, select_rules
from generator.config.load import SiteConfig, load_config
from generator.domain.model import Archive, AsOf, Document, Evidence, MediaFile, NoticeKind, Page
from generator.domain.problems import Finding, Problem
from generator.graph.archive import build_archive
from generator.graph.copied_files import find_twins
from generator.graph.copied_texts import shares_copied
from generator.graph.former_addresses import vanished_addresses
from generator.graph.gate import open_gate
from generator.graph.hidden_names import find_namings
from generator.graph.status_changes import StatusForecast
from generator.source.attachments.supporting_files import screen_supporting_files
from generator.source.history.read_history import read_history
from generator.source.load import parse_page
from generator.source.load_all import load_sources
from support.git_repository import has_history, repository_of
from support.project import AS_OF, POLICY, WHOLE_SITE

DAY = dt.date.fromisoformat(AS_OF)
RULE_SITES = Path(__file__).parents[1] / "sites" / "rules"
HIDDEN = {"disclosure": "withheld", "withhold_class": "N03", "withhold_note": "过程性信息", "review_on": "2027-06-30"}
CONFIG = SiteConfig.model_validate(
    {
        "site": {
            "title": "政府信息公开",
            "agency": "示例市人力资源和社会保障局",
            "base_url": "https://rsj.example.gov.cn/zwgk/",
        }
    }
)


def text_of(fields: Mapping[str, object], body: str = "正文。\n") -> str:
    """Return a source file as text; ``None`` leaves a field out."""
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in fields.items() if value is not None) + f"---\n{body}"


SECRET = {"is_secret": "true"}
CLAUSES = "第一条　甲。\n\n第二条　乙。\n\n第三条　丙。\n"


def policy_text(number: int, body: str = CLAUSES, /, **fields: object) -> str:
    """Return the source of a policy of three clauses; ``number`` is in its 索引号 and 文号."""
    numbers = {"index_no": f"123456789/2024-{number:05d}", "doc_number": f"例人社发〔2024〕{number}号"}
    return text_of({**POLICY, **numbers, **fields}, body)


def notice_text(body: str = "正文。\n", /, **fields: object) -> str:
    """Return the source of a document with only the fields that every kind has."""
    return text_of({"title": "停水通知", "date_published": "2024-05-08", "disclosure": "proactive", **fields}, body)


def page_of(text: str | bytes, path: str = "content/notices/n1.md") -> Page:
    """Return the page of one source file."""
    return parse_page(path, path, text if isinstance(text, bytes) else text.encode()).page


def messages(page: Page, rule: str) -> list[str]:
    """Return the messages of one rule on a file."""
    return [problem.message for problem in page.problems if problem.rule == rule]


def archive_of(
    texts: Mapping[str, str],
    as_of: dt.date = DAY,
    *,
    files: Iterable[str] = (),
    config: SiteConfig = CONFIG,
    moment: dt.datetime | None = None,
) -> Archive:
    """Return the archive of texts by their path under ``content/``; ``files`` are the names of other files there."""
    pages = [page_of(text, f"content/{path}") for path, text in texts.items()]
    media = {f"content/{path}": MediaFile(f"content/{path}", 1, 1) for path in files}
    return build_archive(pages, media, (), config, AsOf(as_of, moment))


def policies_of(as_of: dt.date, **policies: Mapping[str, object]) -> dict[str, Document]:
    """Return the documents of an archive of policies by id; they are numbered in the given order."""
    texts = {
        f"policies/{name}.md": policy_text(number, **dict(fields))
        for number, (name, fields) in enumerate(policies.items(), 1)
    }
    archive = archive_of(texts, as_of)
    assert not problems_of(archive), "the example itself is wrong"
    return dict(archive.by_id)


def problems_of(archive: Archive) -> list[tuple[str, Problem]]:
    """Return all problems of an archive and its pages, each with its path."""
    return [*archive.problems, *((page.path, problem) for page in archive.pages for problem in page.problems)]


def findings_of(folder: Path, cache: Path, as_of: dt.date = DAY) -> list[Finding]:
    """Return the findings of all rules on a site in a folder; with a ``history.txt`` it is committed to git."""
    history = read_history(repository_of(folder, cache / "git"), cache / "h.db") if has_history(folder) else None
    config = load_config(folder / "site_config.yaml")
    sources = load_sources(folder, cache / "cache.db", jobs=1, advance=lambda _done, _total: None)
    archive = build_archive(sources.pages, sources.files, sources.problems, config, AsOf(as_of))
    evidence = Evidence(
        shared_files=screen_supporting_files(folder, "site_config.yaml", config.catalogue, config.theme),
        twins=find_twins(archive, folder),
        namings=find_namings(archive, lambda path: (folder / path).read_text(encoding="utf-8")),
        copied=shares_copied(archive, cache / "cache.db"),
        history=history,
        vanished=vanished_addresses(archive, history) if history else (),
    )
    rules = select_rules((), [rule for rule in WHOLE_SITE if rule != folder.parent.name])
    return run_rules(archive, config, rules, evidence)


def status_changes_of(
    texts: dict[str, str], name: str = "p1", as_of: dt.date = DAY
) -> list[tuple[object, object, list[NoticeKind]]]:
    """Return day, state and notices of each later status change of a document."""
    site = open_gate(archive_of(texts, as_of))
    return [
        (change.day, change.state, [notice.kind for notice in change.notices])
        for change in site.by_id[name].status_changes
    ]


def next_change(texts: dict[str, str], as_of: dt.date = DAY) -> tuple[dt.date, list[str]] | None:
    """Return the next day on which statuses change, and the ids of the documents; ``None`` where none will."""
    forecast = StatusForecast(archive_of(texts, as_of), announced_only=False).next_moment()
    return (forecast[0].date(), [document.id for document, _ in forecast[1]]) if forecast else None
