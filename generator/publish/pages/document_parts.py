"""The parts of a document's page that stand in its text or beside it, as HTML: clauses, parts, pictures."""

from typing import Any

from markupsafe import Markup

from generator.publish.pages.chart_picture import chart_picture
from generator.publish.pages.relation_picture import relations_picture, timeline_picture
from generator.publish.text.clause_states import ClauseMark
from generator.publish.text.code_picture import code_picture
from generator.publish.theme.environment import Theme, View


def pictures_html(view: View, theme: Theme) -> dict[str, Any]:
    """Return the SVG pictures of a document page."""
    words = theme.words.pictures
    return {
        "relations": Markup(relations_picture(view["around"], words)),
        "code": Markup(code_picture(view["canonical"], theme.words.paper.code)),
        "timeline": Markup(timeline_picture(view["timeline"], view["in_force"], words.timeline)),
        "charts": _charts(view["information"], theme) if view["information"] else [],
    }


def _charts(information: View, theme: Theme) -> list[list[dict[str, Markup | str]]]:
    """Return the charts of each table of a document as SVG, each with its caption."""
    words = theme.words.information
    return [
        [
            {
                "picture": Markup(chart_picture(chart, words)),
                "caption": words.caption_unit.format(unit=chart["unit"]) if chart["unit"] else words.caption,
            }
            for chart in figure["charts"]
        ]
        for figure in information["figures"]
    ]


def clause_note_html(view: View, theme: Theme) -> dict[str, str]:
    """Return the interpretations of single clauses as HTML, by the anchor of the clause."""
    notes: dict[str, str] = {}
    for note in view.get("clause_notes", ()):
        note_html = theme.render("parts/clause.html", note=note, page=view, t=theme.words)
        notes[note["anchor"]] = notes.get(note["anchor"], "") + note_html
    return notes


def clause_mark_html(view: View, theme: Theme) -> dict[str, ClauseMark]:
    """Return the state of each clause that acts change, by its anchor: today's, and what is shown behind it."""
    return {
        mark["anchor"]: ClauseMark(
            mark["periods"][0]["status"],
            mark["periods"][0]["label"],
            mark["periods"][0]["whole"],
            theme.render("parts/clause-status.html", mark=mark, page=view, t=theme.words),
        )
        for mark in view.get("clause_marks", ())
    }


def clause_addition_html(view: View, theme: Theme) -> dict[str, str]:
    """Return the clauses that acts add as HTML, by the anchor of the clause that they stand behind."""
    additions: dict[str, str] = {}
    for one in view.get("clause_additions", ()):
        html = theme.render("parts/clause-added.html", added=one, page=view, t=theme.words)
        additions[one["anchor"]] = additions.get(one["anchor"], "") + html
    return additions


def part_header_html(view: View, theme: Theme) -> dict[str, str]:
    """Return what is shown after the heading of each part as HTML, by the anchor of the part."""
    return {
        banner["anchor"]: theme.render("parts/part.html", part=banner, page=view, t=theme.words)
        for banner in view.get("banners", ())
    }
