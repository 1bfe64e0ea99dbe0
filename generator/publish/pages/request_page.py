"""依申请公开 from the config: the text of its column, and the form as a page and a Word file (REQ-01 to REQ-08).

A page that the webmaster writes for the column replaces the text; the form stays.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from generator.config.load import SiteConfig
from generator.config.request_limits import limits_of
from generator.config.settings import RequestSettings
from generator.domain.model import Site
from generator.domain.vocabulary import RequestLimit
from generator.publish.data.page_metadata import column_metas
from generator.publish.data.request_form import fill_template
from generator.publish.pages.page_context import page_context
from generator.publish.pages.page_maker import PageKind, PageMaker, PageSpec
from generator.publish.theme.environment import Theme, View, Words

COLUMN = "request"
_WORD_TEMPLATE = "request-form.docx"
_PERSON = ("name", "paper", "paper_no", "phone", "address", "email")
_BODY = ("body_name", "code", "head", "contact", "phone", "address", "email")
_WANTED = ("description", "shape", "way")
_SIGNED = ("signature", "day")
_GROUPS = (("person", _PERSON), ("body", _BODY), ("wanted", _WANTED), ("signed", _SIGNED))
_CHOICES = {"shape": "shapes", "way": "ways"}
_ROWS = ("at_once", "reply", "extension", "correction", "third_party")


class FormRow(NamedTuple):
    """One line of the form: its group, its question, and the text that is already in its field."""

    group: str
    label: str
    text: str = ""


class RequestPages(PageMaker):
    """Make the form and the text of the column; nothing where the config has no ``request`` settings."""

    kinds = (PageKind.REQUEST_FORM,)

    def __init__(self, site: Site, config: SiteConfig, theme: Theme) -> None:
        self._site = site
        self._config = config
        self._theme = theme
        self._theme_words = theme.words
        self._words: Words = theme.words.request

    @property
    def _folder(self) -> str:
        return self._site.column[COLUMN].folder

    def pages(self) -> Iterator[PageSpec]:
        """Yield the page of the form; it is ``form.html``, because the folder ``form/`` could be that of a document."""
        if self._config.request:
            yield PageSpec(PageKind.REQUEST_FORM, "request-form.html", f"{self._folder}/form.html")

    def section(self, *, own_text: bool) -> View | None:
        """Return the view of the form and the text of the column; ``own_text`` leaves the text out.

        ``None`` where the config has no ``request`` settings.
        """
        settings = self._config.request
        if settings is None:
            return None
        section_view: View = {
            "form": f"{self._folder}/form.html",
            "word_file": f"{self._folder}/form.docx",
            "online": settings.online,
            "facts": [] if own_text else self._contact_rows(settings),
            "sections": [] if own_text else list(self._sections(settings)),
            "limits": [] if own_text else self._limits(settings),
        }
        return section_view

    def view(self, page: PageSpec) -> View:
        """Return what the form's page shows."""
        column = self._site.column[COLUMN]
        title = self._words.form
        view = page_context(self._config, title, page.path, column.id)
        groups: list[View] = []
        for line in self._lines():
            if not groups or groups[-1]["title"] != line.group:
                groups.append({"title": line.group, "lines": []})
            groups[-1]["lines"].append({"label": line.label, "text": line.text})
        return {
            **view,
            "metas": [*view["metas"], *column_metas(self._config, replace(column, title=title, description=title))],
            "crumbs": [{"title": column.title, "address": column.folder + "/"}, {"title": title, "address": ""}],
            "lead": self._lead(),
            "groups": groups,
            "notes": self._notes(),
            "word_file": f"{self._folder}/form.docx",
        }

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the form as a Word file."""
        if self._config.request:
            words = {**self._words, **self._theme_words.request_form, "lead": self._lead()}
            yield f"{self._folder}/form.docx", fill_template(self._theme.template_bytes(_WORD_TEMPLATE), words)

    def _lead(self) -> str:
        settings = self._config.request
        return str(self._words.to.format(receiver=settings.receiver if settings else ""))

    def _notes(self) -> list[str]:
        return [self._words.form_note_identity, self._words.form_note_use]

    def _lines(self) -> Iterator[FormRow]:
        """Yield the questions of 条例 art. 29 in their groups."""
        words = self._theme_words.request_form
        for group, keys in _GROUPS:
            for key in keys:
                yield FormRow(words[group], words[key], words[_CHOICES[key]] if key in _CHOICES else "")

    def _contact_rows(self, settings: RequestSettings) -> list[View]:
        """Return the contact details; those missing in the ``request`` settings come from ``site``."""
        site, words = self._config.site, self._theme_words.site
        rows = [
            (words.address, settings.address or site.address),
            (words.postcode, settings.postcode or site.postcode),
            (words.office_hours, settings.hours or site.office_hours),
            (words.phone, settings.phone or site.phone),
            (self._words.fax, settings.fax),
            (words.email, settings.email or site.email),
            (self._words.online, settings.online),
        ]
        contact_rows = [{"label": label, "value": value} for label, value in rows if value]
        return [{"label": self._words.receiver, "value": settings.receiver}, *contact_rows]

    def _sections(self, settings: RequestSettings) -> Iterator[View]:
        """Yield the parts of the text, each a heading and its lines."""
        words, site = self._words, self._config.site
        has_address = bool(settings.address or site.address)
        ways = (
            (has_address, words.way_visit),
            (has_address, words.way_post),
            (bool(settings.fax), words.way_fax),
            (bool(settings.email or site.email), words.way_email),
            (bool(settings.online), words.way_online),
            (True, words.way_oral),
        )
        yield {"key": "ways", "title": words.ways, "lines": [text for is_available, text in ways if is_available]}
        for key, count in (("content", 3), ("steps", 4), ("receipt", 4), ("fees", 1)):
            lines = [words[f"{key}_{number}"] for number in range(1, count + 1)]
            yield {"key": key, "title": words[key], "lines": lines}
        body = settings.reconsideration_body or words.reconsideration_body
        days = limits_of(settings)[RequestLimit.RECONSIDERATION].number
        remedies = [words.remedy_first.format(body=body, days=days), words.remedy_other]
        yield {"key": "remedies", "title": words.remedies, "lines": remedies}

    def _limits(self, settings: RequestSettings) -> list[View]:
        """Return the table of limits, each with its clause of law."""
        words = self._words
        numbers = {limit.value: span.number for limit, span in limits_of(settings).items()}
        return [
            {
                "case": words[f"case_{key}"],
                "limit": words[f"limit_{key}"].format(approver=settings.extension_approver, **numbers),
                "ground": words[f"ground_{key}"],
            }
            for key in _ROWS
            if key != "extension" or settings.extension_workdays
        ]
