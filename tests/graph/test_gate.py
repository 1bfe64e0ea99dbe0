"""The gate: what is not public does not reach anything that renders."""

import datetime as dt
from collections.abc import Mapping
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.stages import CONFIG, DAY, HIDDEN, SECRET, archive_of, notice_text, policy_text

from generator.audit import run_rules, select_rules
from generator.domain.model import Archive, NoticeKind, Site
from generator.domain.vocabulary import FIELDS, FieldForm, RelationKind
from generator.graph.gate import open_gate

UNSEEN: dict[str, Mapping[str, object]] = {
    "withheld": HIDDEN,
    "on request": {**HIDDEN, "disclosure": "依申请公开"},
    "published tomorrow": {"date_published": DAY + dt.timedelta(days=1)},
    "published this evening of tomorrow": {"date_published": f"{DAY + dt.timedelta(days=1)} 00:00"},
    "secret": {"is_secret": "true"},
    "without an attribute": {"disclosure": None},
    "with a wrong attribute": {"disclosure": "全部公开"},
    "with a mark of secrecy that cannot be read": {"is_secret": "涉密"},
    "with a day that cannot be read": {"date_published": "2030年"},
    "without a day": {"date_published": None},
}
INTERNAL = {
    "review": "{handler: 密文}",
    "exempt": "{L003: 密文}",
    "is_secret": "false",
    "withhold_class": "N03",
    "withhold_basis": "密文",
    "withhold_note": "密文",
    "review_on": "2031-01-01",
    "status": "有效",
    "disclosure_proposed_by": "密文",
    "disclosure_reviewed_by": "密文",
    "interpretation_plan": "{方案: 密文}",
    "legal_opinion": "agree",
    "handler": "密文",
    "secrecy_reviewer": "密文",
    "legal_reviewer": "密文",
    "unit_head": "密文",
    "leader_in_charge": "密文",
    "publisher": "密文",
    "form_date": "2024-05-07",
    "upload_date": "2024-05-08",
    "platforms": "website",
    "migrated": "true",
    "minor": "false",
}


def ids(site: Site) -> set[str]:
    return {document.id for document in site.documents}


def public_of(archive: Archive) -> Site:
    return open_gate(archive)


@pytest.mark.parametrize("case", UNSEEN)
def test_a_document_that_is_not_public_does_not_pass(case: str) -> None:
    """A document passes only when it is proactive, published, and not secret."""
    texts = {"notices/n1.md": notice_text(**UNSEEN[case]), "notices/n2.md": notice_text()}
    site = public_of(archive_of(texts))
    assert ids(site) == {"n2"}
    assert "n1" not in repr(site)


def test_a_document_passes_on_its_day() -> None:
    """A document passes on the day of its publication, at whatever minute; one without a day passes too."""
    texts = {
        "notices/n1.md": notice_text(date_published=DAY),
        "notices/n2.md": notice_text(date_published=f"{DAY} 23:59"),
        "pages/about.md": notice_text(date_published=None),
    }
    assert ids(public_of(archive_of(texts))) == {"n1", "n2", "about"}


@pytest.mark.parametrize("case", UNSEEN)
@pytest.mark.parametrize("key", ["repeals", "amends", "replaces", "based_on", "responds_to", "outcome", "interprets"])
def test_a_relation_to_what_is_not_public_does_not_pass(case: str, key: str) -> None:
    """Neither side of a relation passes when its other end is not public, nor the reference as it was written."""
    for public, unseen in (("p1", "p2"), ("p2", "p1")):
        fields: dict[str, dict[str, object]] = {"p1": {}, "p2": {key: "例人社发[2024]1号"}}
        fields[unseen] |= {"title": "密文", **UNSEEN[case]}
        texts = {f"policies/{name}.md": policy_text(int(name[1]), **own) for name, own in fields.items()}
        archive = archive_of(texts)
        assert archive.by_id[public].relations
        site = public_of(archive)
        assert ids(site) == {public}
        document = site.by_id[public]
        assert not document.relations
        assert all(not notice.acts for notice in document.notices)
        seen = repr(site)
        assert "密文" not in seen
        assert f"2024〕{unseen[1]}号" not in seen
        assert f"2024]{unseen[1]}号" not in seen


@pytest.mark.parametrize("key", ["repeals", "amends", "replaces"])
def test_a_notice_keeps_its_public_acts_only(key: str) -> None:
    """A notice that stands on a public and a withheld act names the public one alone."""
    texts = {
        "policies/p1.md": policy_text(1),
        "policies/p2.md": policy_text(2, date_published="2024-06-01", **{key: "p1"}),
        "policies/p3.md": policy_text(3, date_published="2024-05-20", **{key: "p1"}, **HIDDEN),
    }
    archive = archive_of(texts)
    assert {act.target for act in archive.by_id["p1"].notices[0].acts} == {"p2", "p3"}
    notice = public_of(archive).by_id["p1"].notices[0]
    assert [act.target for act in notice.acts] == ["p2"]
    assert notice.since == dt.date(2024, 6, 1)


def test_an_inherited_notice_about_a_hidden_document_does_not_pass() -> None:
    """An interpretation does not carry the notice of a document that is not public."""
    texts = {
        "policies/p1.md": policy_text(1, expires_on="2025-01-01", **HIDDEN),
        "policies/p2.md": policy_text(2, expires_on="2025-02-01"),
        "interpretations/i1.md": notice_text(interprets="[p1, p2]"),
    }
    archive = archive_of(texts)
    assert [notice.about for notice in archive.by_id["i1"].notices] == ["p1", "p2"]
    assert [notice.about for notice in public_of(archive).by_id["i1"].notices] == ["p2"]


def test_an_act_outside_the_site_passes() -> None:
    """The name of an act outside the site is public, with its notice."""
    texts = {"policies/p1.md": policy_text(1, repealed_by="示例省人民政府令第300号", repealed_on="2025-01-01")}
    document = public_of(archive_of(texts)).by_id["p1"]
    assert [relation.outside for relation in document.relations] == ["示例省人民政府令第300号"]
    assert [(notice.kind, len(notice.acts)) for notice in document.notices] == [(NoticeKind.REPEALED, 1)]
    assert "repealed_by" not in document.page.fields


@pytest.mark.parametrize("key", INTERNAL)
def test_an_internal_field_does_not_pass(key: str) -> None:
    """What only the office needs to know of a public document does not pass."""
    archive = archive_of({"notices/n1.md": notice_text(**{key: INTERNAL[key]})})
    assert key in archive.by_id["n1"].page.fields
    site = public_of(archive)
    assert set(site.by_id["n1"].page.fields) == {"title", "date_published", "disclosure"}
    assert "密文" not in repr(site)


def test_every_record_and_reference_is_kept_back() -> None:
    """No field that holds a form or a reference passes as it was written."""
    for spec in FIELDS.values():
        if spec.form in {FieldForm.RECORD, FieldForm.REFERENCES, FieldForm.OUTSIDE_ACT}:
            value = "{名称: 密文}" if spec.form is FieldForm.RECORD else "[密文]"
            site = public_of(archive_of({"notices/n1.md": notice_text(**{spec.key: value})}))
            assert spec.key not in site.by_id["n1"].page.fields


def test_public_fields_pass() -> None:
    """What a citizen may know of a public document passes unchanged."""
    fields = {
        "index_no": "123456789/2024-00001",
        "summary": "概述",
        "keywords": "[甲, 乙]",
        "drafting_unit": "政策法规科",
    }
    archive = archive_of({"notices/n1.md": notice_text(**fields)})
    document = public_of(archive).by_id["n1"]
    assert {key: document.value(key) for key in fields} == {key: archive.by_id["n1"].value(key) for key in fields}
    assert (document.title, document.address, document.page.opening) == ("停水通知", "notices/n1/", "正文。")


def test_findings_do_not_pass() -> None:
    """What was found wrong with a document is not the public's business."""
    site = public_of(archive_of({"notices/n1.md": notice_text(quite_unknown="密文", review_on="密文")}))
    assert "密文" not in repr(site)


# ---------------------------------------------------------------- files


def attachments(*rows: tuple[str, str]) -> str:
    return (
        "[" + ", ".join(f"{{title: {file}, file: {file}, disclosure: {disclosure}}}" for file, disclosure in rows) + "]"
    )


def test_only_proactive_attachments_pass() -> None:
    """Of the attachments of a public document the proactive ones pass, each to a place under its address."""
    files = ["notices/open.csv", "notices/asked.csv", "notices/kept.csv"]
    own = attachments(("open.csv", "proactive"), ("asked.csv", "on_request"), ("kept.csv", "withheld"))
    site = public_of(archive_of({"notices/n1.md": notice_text(attachments=own)}, files=files))
    document = site.by_id["n1"]
    assert [item.file for item in document.attachments] == ["open.csv"]
    assert {place: media.path for place, media in site.files.items()} == {
        "notices/n1/open.csv": "content/notices/open.csv"
    }
    assert site.attachments["n1"] == {"open.csv": "notices/n1/open.csv"}
    assert "asked" not in repr(site)
    assert "kept" not in repr(site)


def test_no_attachment_field_without_a_public_attachment() -> None:
    """A document whose attachments are all kept back has none."""
    site = public_of(
        archive_of(
            {"notices/n1.md": notice_text(attachments=attachments(("a.csv", "withheld")))}, files=["notices/a.csv"]
        )
    )
    assert "attachments" not in site.by_id["n1"].page.fields
    assert not site.files


@pytest.mark.parametrize("case", UNSEEN)
def test_attachments_of_a_hidden_document_do_not_pass(case: str) -> None:
    """The attachments of a document that is not public do not pass, not even through a link in a public text."""
    texts = {
        "notices/n1.md": notice_text(attachments=attachments(("kept.csv", "proactive")), **UNSEEN[case]),
        "notices/n2.md": notice_text("见[名单](kept.csv)，[原文](n1.md)，![图](kept.csv)。\n"),
    }
    site = public_of(archive_of(texts, files=["notices/kept.csv", "notices/loose.csv"]))
    assert not site.files
    assert site.targets["n2"] == {}
    assert "kept" not in repr((site.targets, site.attachments))


def test_a_linked_file_passes_and_an_unlinked_one_does_not() -> None:
    """A file that a public text shows passes; one that nobody names stays where it is."""
    texts = {
        "notices/n1.md": notice_text("见[表](files/a.csv)，![图](../shared/图.svg)和[办法](n2.md#第一条)。\n"),
        "notices/n2.md": notice_text("第一条　略。\n"),
    }
    site = public_of(
        archive_of(texts, files=["notices/files/a.csv", "shared/图.svg", "notices/files/b.csv", "other.csv"])
    )
    assert {place: media.path for place, media in site.files.items()} == {
        "notices/n1/a.csv": "content/notices/files/a.csv",
        "notices/n1/图.svg": "content/shared/图.svg",
    }
    assert site.targets["n1"] == {
        "files/a.csv": "notices/n1/a.csv",
        "../shared/图.svg": f"notices/n1/{quote('图.svg')}",
        "n2.md#第一条": f"notices/n2/#{quote('第一条')}",
    }


def test_two_files_of_one_name_get_two_places() -> None:
    """Files of one name from two folders, or one called index.html, do not overwrite each other or the page."""
    texts = {"notices/n1.md": notice_text("[一](a/t.csv)[二](b/t.csv)[三](c/T.csv)[四](index.html)[五](a/t.csv)\n")}
    names = ["notices/a/t.csv", "notices/b/t.csv", "notices/c/T.csv", "notices/index.html"]
    site = public_of(archive_of(texts, files=names))
    assert len(site.files) == 4
    assert len({place.casefold() for place in site.files}) == 4
    assert "notices/n1/index.html" not in site.files
    assert all(
        site.files[site.targets["n1"][name.removeprefix("notices/")] or ""].path == f"content/{name}" for name in names
    )


def test_a_link_to_a_hidden_document_has_no_target() -> None:
    """A link to a document that is not public leads nowhere."""
    texts = {
        "notices/n1.md": notice_text("见[甲](n2.md)和[乙](n3.md)。\n"),
        "notices/n2.md": notice_text(**HIDDEN),
        "notices/n3.md": notice_text(),
    }
    assert public_of(archive_of(texts)).targets["n1"] == {"n3.md": "notices/n3/"}


def test_site_is_ordered_newest_first() -> None:
    """Documents stand newest first, by the minute, then by id; one without a day comes last."""
    texts = {
        "notices/b.md": notice_text(date_published="2024-05-08"),
        "notices/a.md": notice_text(date_published="2024-05-08"),
        "notices/noon.md": notice_text(date_published="2024-05-08 12:00"),
        "notices/new.md": notice_text(date_published="2025-05-08"),
        "pages/about.md": notice_text(date_published=None),
    }
    site = public_of(archive_of(texts))
    assert [document.id for document in site.documents] == ["new", "noon", "a", "b", "about"]
    assert [document.id for document in site.by_column["notices"]] == ["new", "noon", "a", "b", "about"]


# ---------------------------------------------------------------- whatever is written

KEYS = ["repeals", "amends", "replaces", "based_on", "repealed_by", "interprets", "responds_to", "outcome"]


@st.composite
def mixes(draw: st.DrawFn) -> tuple[dict[str, str], list[str], set[str]]:
    """Draw documents, public and not, that refer to each other; everything hidden holds a sentinel."""
    count = draw(st.integers(2, 6))
    hidden = draw(st.lists(st.sampled_from([None, None, *UNSEEN]), min_size=count, max_size=count))
    texts: dict[str, str] = {}
    files: list[str] = []
    public: set[str] = set()
    for number in range(1, count + 1):
        case = hidden[number - 1]
        mark = "" if case is None else f"SENTINEL{number}"
        name = f"{'d' if case is None else 'sentinel'}{number}"
        fields: dict[str, object] = {
            "id": name,
            "doc_number": f"{'例' if case is None else '暗'}人社发〔2024〕{number}号",
        }
        if case is not None:
            fields |= {
                "title": mark,
                "summary": mark,
                "keywords": f"[{mark}]",
                "issuer": mark,
                "repeal_reason": mark,
                "index_no": f"SENTINEL{number}/2024-00001",
                "review": f"{{handler: {mark}}}",
                **UNSEEN[case],
            }
        else:
            public.add(name)
            kept = draw(st.sampled_from(sorted(INTERNAL)))
            fields[kept] = INTERNAL[kept].replace("密文", "SENTINEL")
        for key in draw(st.lists(st.sampled_from(KEYS), max_size=3, unique=True)):
            other = draw(st.integers(1, count))
            kind = "例" if hidden[other - 1] is None else "暗"
            spelled = [f"{kind}人社发[2024]{other}号", f"{'d' if kind == '例' else 'sentinel'}{other}"]
            fields[key] = f"'{draw(st.sampled_from(spelled))}{draw(st.sampled_from(['', '#第一条']))}'"
        file = f"{'open' if case is None else 'sentinel'}{number}.csv"
        refused = draw(st.booleans())
        kept_file = f"SENTINEL-kept{number}.csv"
        files += [f"policies/{file}", f"policies/{kept_file}"]
        fields["attachments"] = attachments(*[(file, "proactive"), (kept_file, "on_request")][: 2 if refused else 1])
        body = f"第一条　略{mark}。"
        texts[f"policies/f{number}.md"] = policy_text(number, body, **fields)
    return texts, files, public


@given(mixes())
def test_nothing_hidden_is_in_the_site(mix: tuple[dict[str, str], list[str], set[str]]) -> None:
    """Whatever refers to whatever, no word of a hidden document, field, file or number is anywhere in the site."""
    texts, files, public = mix
    archive = archive_of(texts, files=files)
    site = public_of(archive)
    assert ids(site) == public
    seen = repr(site)
    assert "sentinel" not in seen.casefold()
    assert "暗人社发" not in seen
    assert "SENTINEL" in repr(archive) or len(public) == len(texts)
    for document in site.documents:
        assert {relation.target for relation in document.relations} <= public | {""}
        assert all(act.target in public | {""} for notice in document.notices for act in notice.acts)
        assert all(
            relation.kind.inverse in {back.kind for back in site.by_id[relation.target].related(relation.kind.inverse)}
            for relation in document.relations
            if relation.target
        )
    assert {media.path for media in site.files.values()} == {
        f"content/policies/open{name.removeprefix('d')}.csv" for name in public
    }


@given(mixes())
def test_both_sides_of_public_relations_stay(mix: tuple[dict[str, str], list[str], set[str]]) -> None:
    """Every relation between two public documents passes, on both sides, but for that of an act that never acts."""
    texts, files, public = mix
    archive = archive_of(texts, files=files)
    site = public_of(archive)
    for document in archive.documents:
        if document.id in public:
            acting = [relation for relation in document.relations if not relation.void]
            kept = [relation for relation in acting if relation.target in public or not relation.target]
            assert list(site.by_id[document.id].relations) == kept


def test_rules_see_what_the_gate_hides() -> None:
    """The archive that rules read still holds everything, so that a hidden mistake is found."""
    texts = {"notices/n1.md": notice_text(**SECRET), "notices/n2.md": notice_text(disclosure="withheld")}
    archive = archive_of(texts)
    assert {finding.rule for finding in run_rules(archive, CONFIG, select_rules(["G"], []))} == {"G004", "G002"}
    assert not public_of(archive).documents


def test_citations_of_hidden_documents_do_not_pass() -> None:
    """A text that cites a hidden document by its 文号 gives no relation to it."""
    texts = {
        "policies/p1.md": policy_text(1, **HIDDEN),
        "policies/p2.md": policy_text(2, "根据例人社发〔2024〕1号。\n"),
    }
    archive = archive_of(texts)
    assert archive.by_id["p2"].related(RelationKind.CITES)
    document = public_of(archive).by_id["p2"]
    assert not document.relations
    assert not document.page.citations


def test_attachments_that_cannot_be_read_hold_their_document_back() -> None:
    """Where the attribute of an attachment cannot be read, neither it nor its document passes."""
    text = notice_text("[名单](a.txt)\n", attachments="[{file: a.txt, disclosure: 依申请}]")
    site = open_gate(archive_of({"notices/n1.md": text}, files=["notices/a.txt"]))
    assert site.documents == ()
    assert dict(site.files) == {}
