"""What each document page shows, as plain data: the templates' only input, and what a page's fingerprint covers."""

import json
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from generator.config import SiteConfig
from generator.model import Document, Notice, Relation, Site
from generator.publish.facts import chinese_day, facts_of, shown
from generator.publish.frame import root_of
from generator.publish.machine import column_metas, content_metas, json_ld, site_metas, summary_of
from generator.publish.theme import Words
from generator.publish.timeline import timeline_of
from generator.publish.write import View
from generator.source.anchors import CLAUSE_NAME
from generator.vocabulary import Kind, RelationKind, Status, Term

_SECTIONS = (
    RelationKind.REPLACES,
    RelationKind.REPEALS,
    RelationKind.REPEALED_BY,
    RelationKind.REPLACED_BY,
    RelationKind.AMENDS,
    RelationKind.AMENDED_BY,
    RelationKind.BASED_ON,
    RelationKind.BASIS_OF,
    RelationKind.RESPONDS_TO,
    RelationKind.RESPONDED_BY,
    RelationKind.OUTCOME,
    RelationKind.OUTCOME_OF,
    RelationKind.CITES,
    RelationKind.CITED_BY,
)
_OUTLINE_LEAST = 3
_KIB = 1024


def shell(config: SiteConfig, site: Site, words: Words, assets: str) -> View:
    """Return what every page shows of the site itself: names, navigation, footer marks."""
    facts = config.site
    marks = [
        (words.site.site_id_code, facts.site_id_code),
        ("", facts.icp_no),
        ("", facts.police_no),
        (words.site.conac, facts.conac_id),
    ]
    mistake = (
        f"https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code={facts.site_id_code}" if facts.site_id_code else ""
    )
    return {
        "title": facts.title,
        "agency": facts.agency,
        "name": facts.name,
        "address": facts.address,
        "postcode": facts.postcode,
        "phone": facts.phone,
        "email": facts.email,
        "office_hours": facts.office_hours,
        "marks": [(label or value, value if label else "") for label, value in marks if value],
        "mistake_url": mistake,
        "assets": assets,
        "as_of": site.as_of.isoformat(),
        "as_of_text": chinese_day(site.as_of),
        "nav": [
            {"id": column.id, "title": column.title, "address": column.folder + "/"}
            for column in site.columns
            if not column.parent and (column.fixed or site.by_column[column.id])
        ],
    }


def item(document: Document) -> View:
    """Return one document as lists show it."""
    state = document.state
    return {
        "title": document.title,
        "address": document.address,
        "number": document.doc_number,
        "day": document.published.isoformat() if document.published else "",
        "status": state.value if state else "",
        "status_label": state.label if state else "",
    }


def text_links(site: Site, document: str) -> View:
    """Return where the addresses, numbers and titles in the text of one document lead, by its id."""
    cited = site.cited.get(document)
    return {"targets": dict(site.targets.get(document, {})), "cited": dict(cited.links) if cited else {}}


class DocumentViews:
    """Make the views of document pages; one object per process, shared facts computed once."""

    def __init__(self, site: Site, config: SiteConfig, words: Words) -> None:
        self._site = site
        self._config = config
        self._words = words
        self._places: dict[str, dict[str, int]] = {}

    def view(self, document: Document) -> View:
        """Return everything that the page of one document shows, but for its text."""
        site, column = self._site, self._site.column[document.column]
        relations = document.relations
        crumbs = (
            [{"title": site.column[column.parent].title, "address": site.column[column.parent].folder + "/"}]
            if column.parent
            else []
        )
        crumbs += [{"title": column.title, "address": column.folder + "/"}, {"title": document.title, "address": ""}]
        newer, older = self._neighbours(document)
        interpretations = self._interpretations(document)
        state = document.state
        note = (
            self._words.document.disclosure_note.format(label=document.disclosure.label)
            if document.kind is Kind.POLICY and document.disclosure and not document.page.printed
            else ""
        )
        return {
            "title": document.title,
            "heading": document.title,
            "root": root_of(document.address),
            "current": column.parent or column.id,
            "metas": [
                *site_metas(self._config),
                *column_metas(self._config, column),
                *content_metas(document, self._config),
            ],
            "canonical": self._config.site.base_url + document.address,
            "crumbs": crumbs,
            "json_ld": json_ld(document, site, self._config),
            "id": document.id,
            "kind": document.kind.value,
            "status": state.value if state else "",
            "status_mark": _mark(document.status),
            "subtitle": document.text("subtitle"),
            "caption": document.text("caption"),
            "periods": self._periods(document),
            "turns": _turns(document),
            "facts": list(facts_of(document, self._words)),
            "interprets": [self._link(relation) for relation in relations if relation.kind is RelationKind.INTERPRETS],
            "interpretations": [link for link in interpretations if not link["anchors"]],
            "clause_notes": [
                {**link, "anchor": anchor, "clause": clause, "lines": lines}
                for link in interpretations
                for anchor, clause, lines in link["anchors"]
            ],
            "outline": [
                {"level": entry.level, "text": entry.text, "anchor": entry.anchor} for entry in document.page.outline
            ]
            if len(document.page.outline) >= _OUTLINE_LEAST
            else [],
            "disclosure_note": note,
            "attachments": [self._attachment(document, entry.title, entry.file) for entry in document.attachments],
            "timeline": timeline_of(document, site, self._words),
            "relations": list(self._relations(relations)),
            "newer": newer,
            "older": older,
            "outside": [entry._asdict() for entry in site.cited[document.id].outside],
            **text_links(site, document.id),
        }

    def _periods(self, document: Document) -> list[View]:
        """Return the notices of today and of every later day on which they will be others; ``first`` is empty today."""
        now: View = {"first": "", "state": "", "notices": [self._notice(notice) for notice in document.notices]}
        words = self._words.notices.turned
        return [
            now,
            *(
                {
                    "first": turn.day.isoformat(),
                    "state": words.format(day=chinese_day(turn.day), state=turn.state.label) if turn.state else "",
                    "notices": [self._notice(notice) for notice in turn.notices],
                }
                for turn in document.turns
            ),
        ]

    def _notice(self, notice: Notice) -> View:
        words = self._words.notices
        replaced = any(act.kind is RelationKind.REPLACED_BY for act in notice.acts)
        about = self._site.by_id[notice.about].title if notice.about else ""
        return {
            "kind": notice.kind.value,
            "about": words.of.format(title=about) if about else "",
            "headline": words[notice.kind.value],
            "since": words[f"{notice.kind.value}_since"].format(day=chinese_day(notice.since)) if notice.since else "",
            "acts": [
                {
                    **self._link(act),
                    "label": words.replaced if replaced and act.kind is RelationKind.REPLACED_BY else words.by,
                }
                for act in notice.acts
            ],
        }

    def _link(self, relation: Relation) -> View:
        if not relation.target:
            return {
                "relation": relation.kind.value,
                "title": relation.outside,
                "address": "",
                "number": "",
                "clause": relation.clause,
                "status": "",
                "status_label": "",
                "day": "",
                "form": "",
            }
        target = self._site.by_id[relation.target]
        ended = target.status if target.status is not Status.EFFECTIVE else None
        return {
            **item(target),
            "relation": relation.kind.value,
            "clause": relation.clause,
            "status": ended.value if ended else "",
            "status_label": ended.label if ended else "",
            "form": shown(target, "form"),
        }

    def _interpretations(self, document: Document) -> list[View]:
        """Return the interpretations of a document; ``anchors`` holds the clauses under which one is shown."""
        links = [
            {**self._link(relation), "anchors": list(self._clauses(document, relation))}
            for relation in document.related(RelationKind.INTERPRETED_BY)
        ]
        return sorted(links, key=lambda link: (link["day"], link["address"]))

    def _clauses(self, document: Document, relation: Relation) -> Iterator[tuple[str, str, list[str]]]:
        """Yield anchor and name of every clause that an interpretation names, and what it says on it."""
        target = self._site.by_id[relation.target]
        said = {section.clause: list(section.lines) for section in target.page.sections}
        names = CLAUSE_NAME.findall(relation.clause)
        for name in names:
            anchors = [name] if name in document.page.anchors else []
            anchors += sorted(anchor for anchor in document.page.anchors if anchor.endswith(f"-{name}"))
            if anchors:
                whole = relation.clause if len(names) == 1 else name
                yield anchors[0], whole, said.get(name) or [summary_of(target)]

    def _relations(self, relations: tuple[Relation, ...]) -> Iterable[View]:
        declared = {
            relation.target
            for relation in relations
            if relation.kind not in {RelationKind.CITES, RelationKind.CITED_BY}
        }
        present = {relation.kind for relation in relations}
        for kind in (section for section in _SECTIONS if section in present):
            entries = [
                self._link(relation)
                for relation in relations
                if relation.kind is kind
                and not (kind in {RelationKind.CITES, RelationKind.CITED_BY} and relation.target in declared)
            ]
            if entries:
                yield {"label": kind.label, "entries": entries}

    def _attachment(self, document: Document, title: str, file: str) -> View:
        address = self._site.targets[document.id][file]
        suffix = address.rpartition(".")[2].upper() if "." in address.rpartition("/")[2] else "文件"
        size = self._words.document.size.format(type=suffix, size=readable_size(self._site.files[address].size))
        return {"title": title, "address": quote(address), "size": size}

    def _neighbours(self, document: Document) -> tuple[View | None, View | None]:
        column = self._site.by_column[document.column]
        if document.column not in self._places:
            self._places[document.column] = {entry.id: place for place, entry in enumerate(column)}
        place = self._places[document.column][document.id]
        around = (column[place - 1] if place else None, column[place + 1] if place + 1 < len(column) else None)
        newer, older = ({"title": entry.title, "address": entry.address} if entry else None for entry in around)
        return newer, older


def _mark(state: Term | None) -> str:
    """Return what the title says of a status: nothing of a document that is simply in force."""
    return state.label if isinstance(state, Status) and state is not Status.EFFECTIVE else ""


def _turns(document: Document) -> str:
    """Return the later states of a document for the page's script, as JSON; empty without any."""
    turns = [
        {
            "first": turn.day.isoformat(),
            "state": turn.state.value if turn.state else "",
            "label": turn.state.label if turn.state else "",
            "mark": _mark(turn.state),
        }
        for turn in document.turns
    ]
    return json.dumps(turns, ensure_ascii=False, separators=(",", ":")) if turns else ""


def readable_size(size: int) -> str:
    """Return a size in bytes as a person reads it."""
    if size < _KIB:
        return f"{size} 字节"
    return f"{size / _KIB:.0f} KB" if size < _KIB * _KIB else f"{size / _KIB / _KIB:.1f} MB"
