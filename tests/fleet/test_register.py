"""Across sites: both ends of a relation know each other, whatever the order, and hidden documents stay hidden."""

import itertools
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from support.program import run_program
from support.project import Tree
from support.site_platform import Platform

from generator.domain.problems import GongkaiError
from generator.fleet.register import Register


def _api(platform: Platform, site: str, name: str) -> dict[str, Any]:
    records = json.loads((platform.folder / "out" / site / "api" / "documents.json").read_text("utf-8"))
    return next(record for record in records if record["id"] == name)


def _verified(platform: Platform) -> None:
    for site in platform.order:
        ran = run_program("verify", str(platform.folder / "out" / site), folder=platform.folder)
        assert ran.status == 0, ran.err


def test_a_repeal_by_the_city_marks_the_page_of_the_bureau(city_and_bureau: Platform) -> None:
    """The repealed page has the status, the notice and an absolute link; the act links back; verify is content."""
    city_and_bureau.build()
    act = "https://city.example.gov.cn/zwgk/policies/c1/"
    repealed = city_and_bureau.page("rsj", "policies/p1")
    assert 'data-notice="repealed"' in repealed
    assert f'data-relation="repealed_by" href="{act}"' in repealed
    assert "例政发〔2025〕1号" in repealed
    record = _api(city_and_bureau, "rsj", "p1")
    assert record["status"] == "repealed"
    assert record["repealed_by"] == [act]
    page = city_and_bureau.page("city", "policies/c1")
    assert 'data-relation="repeals" href="https://rsj.example.gov.cn/zwgk/policies/p1/"' in page
    assert 'data-status="repealed"' in page
    _verified(city_and_bureau)


def test_the_repeal_ends_when_the_act_is_taken_back(city_and_bureau: Platform) -> None:
    """Where the city no longer says it, the next run builds the bureau's site without the notice."""
    city_and_bureau.build()
    act = city_and_bureau.folder / "city" / "content" / "policies" / "c1.md"
    act.write_text(act.read_text("utf-8").replace("repeals: 例人社发〔2024〕1号\n", ""), "utf-8")
    assert "已生成 2 个" in city_and_bureau.build().err
    assert 'data-notice="repealed"' not in city_and_bureau.page("rsj", "policies/p1")


def test_all_relations_reach_other_sites(platform: Platform) -> None:
    """Amendments, bases, interpretations, acts named by the repealed document, and citations lead to other sites."""
    city = platform.site("city", "示例市人民政府")
    number = {"doc_number": "例政发〔2024〕7号", "index_no": "111111111/2024-00007", "title": "示例市就业促进规定"}
    city.policy("c7", **number)
    city.policy(
        "c8",
        **{
            **number,
            "doc_number": "例政发〔2025〕8号",
            "index_no": "111111111/2025-00008",
            "title": "示例市新规定",
            "date_written": "2025-02-01",
            "date_published": "2025-02-02",
        },
    )
    bureau = platform.site("rsj", "示例市人力资源和社会保障局")
    bureau.policy(
        "p1",
        body="第一条　根据《示例市就业促进规定》（例政发〔2024〕7号），制定本办法。\n",
        based_on="例政发〔2024〕7号",
        date_written="2024-08-01",
        date_published="2024-08-02",
        repealed_by="例政发〔2025〕8号",
        repealed_on="2025-02-03",
    )
    bureau.interpretation(
        "i1", interprets="111111111/2024-00007", title="《示例市就业促进规定》解读", date_published="2024-08-03"
    )
    platform.build()
    base = "https://city.example.gov.cn/zwgk/policies/"
    text = platform.page("rsj", "policies/p1")
    assert f'<a data-relation="cites" href="{base}c7/">例政发〔2024〕7号</a>' in text
    assert f'data-relation="based_on" href="{base}c7/"' in text
    assert f'data-relation="repealed_by" href="{base}c8/"' in text
    assert f'data-relation="interprets" href="{base}c7/"' in platform.page("rsj", "interpretations/i1")
    other = platform.page("city", "policies/c7")
    assert 'data-relation="basis_of" href="https://rsj.example.gov.cn/zwgk/policies/p1/"' in other
    assert 'data-relation="interpreted_by" href="https://rsj.example.gov.cn/zwgk/interpretations/i1/"' in other
    assert 'data-relation="repeals" href="https://rsj.example.gov.cn/zwgk/policies/p1/"' in platform.page(
        "city", "policies/c8"
    )
    _verified(platform)


def test_an_interpretation_of_a_repealed_foreign_document_says_so(platform: Platform) -> None:
    """An interpretation inherits the notice of the document that it interprets on another site."""
    city = platform.site("city", "示例市人民政府")
    city.policy("c1", doc_number="例政发〔2024〕1号", index_no="111111111/2024-00001", expires_on="2025-01-01")
    platform.site("rsj", "示例市人力资源和社会保障局").interpretation("i1", interprets="例政发〔2024〕1号")
    platform.build()
    assert 'data-notice="expired"' in platform.page("rsj", "interpretations/i1")
    _verified(platform)


def test_the_order_of_sites_does_not_matter(platform: Platform, tree: Tree, tmp_path: Path) -> None:
    """Three sites that name one another have the same bytes in every order, from nothing and step by step."""
    for name, mark in (("city", "政"), ("rsj", "人社"), ("mzj", "民")):
        site = platform.site(name, f"示例市{mark}局")
        own = {"doc_number": f"例{mark}发〔2024〕1号", "index_no": f"{len(mark) * 111111111:09d}/2024-0000{len(name)}"}
        site.policy("p1", title=f"示例市{mark}办法", **own)
        for number, other in enumerate(("政", "人社", "民"), 2):
            if other != mark:
                site.policy(
                    f"p{number}",
                    body=f"第一条　根据例{other}发〔2024〕1号，制定本办法。\n",
                    title=f"示例市{mark}关于{other}的办法",
                    doc_number=f"例{mark}发〔2025〕{number}号",
                    index_no=f"{len(mark) * 111111111:09d}/2025-0000{number}",
                    date_written="2025-01-01",
                    date_published="2025-01-02",
                    amends=f"例{other}发〔2024〕1号",
                )
    platform.build()
    expected = tree(platform.folder / "out")
    names = list(platform.order)
    for number, order in enumerate(itertools.permutations(names)):
        platform.order = list(order)
        platform.save()
        platform.cache = tmp_path / f"cache-{number}"
        (platform.folder / "out").rename(tmp_path / f"out-{number}")
        for count in (1, 3) if number == 5 else (3,):  # also one site first, then all
            platform.save("".join(f"- {{id: {name}, path: {name}}}\n" for name in order[:count]))
            platform.run("build", "--no-search", "--jobs", "2")
        assert tree(platform.folder / "out") == expected, order


def test_its_own_site_comes_first(platform: Platform) -> None:
    """A number that a document of the same site has never leads to another one."""
    for name in ("city", "rsj"):
        site = platform.site(name, f"示例市{name}局")
        site.policy("p1")
        site.policy("p2", based_on="例人社发〔2024〕1号", date_published="2024-06-08")
    platform.build()
    assert 'data-relation="based_on" href="../../policies/p1/"' in platform.page("rsj", "policies/p2")
    assert "https://city.example" not in platform.page("rsj", "policies/p2")


def test_the_site_of_the_issuer_comes_first(platform: Platform) -> None:
    """A number that several other sites have means the one on the site of its issuer."""
    city = platform.site("city", "示例市人民政府")
    number = {"doc_number": "例政发〔2024〕7号", "index_no": "111111111/2024-00007", "issuer": "示例市人民政府"}
    city.policy("c7", **number)
    platform.site("copy", "示例区人民政府").policy("k7", **number)
    platform.site("rsj", "示例市人力资源和社会保障局").policy(
        "p1", based_on="例政发〔2024〕7号", date_published="2024-09-08"
    )
    platform.build()
    assert 'data-relation="based_on" href="https://city.example.gov.cn/zwgk/policies/c7/"' in platform.page(
        "rsj", "policies/p1"
    )


def test_an_ambiguous_name_is_told(platform: Platform) -> None:
    """A reference that two other sites have is a finding that names both; ``site:id`` says which one."""
    for name in ("one", "two"):
        platform.site(name, f"示例市{name}局").policy("c7", doc_number="例政发〔2024〕7号", issuer="示例市人民政府")
    bureau = platform.site("rsj", "示例市人力资源和社会保障局")
    bureau.policy("p1", based_on="例政发〔2024〕7号", date_published="2024-09-08")
    ran = platform.run("build", "--no-search")
    assert ran.status == 1
    assert "对应平台上 2 个文件：one:c7、two:c7" in ran.err
    bureau.policy("p1", based_on='"two:c7"', date_published="2024-09-08")
    platform.build()
    assert "https://two.example.gov.cn/zwgk/policies/c7/" in platform.page("rsj", "policies/p1")


def test_an_id_alone_stays_in_its_site(platform: Platform) -> None:
    """An id that only another site has is a mistake: ids are not unique on a platform."""
    platform.site("city", "示例市人民政府").policy("c7")
    platform.site("rsj", "示例市人力资源和社会保障局").policy("p1", based_on="c7")
    ran = platform.run("build", "--no-search")
    assert ran.status == 1
    assert "“c7”在站内没有对应的文件" in ran.err


def test_a_hidden_document_is_in_no_register(platform: Platform) -> None:
    """What is withheld, secret, a draft, waiting or withdrawn on one site is neither linked nor named by another."""
    title = "示例市不公开的秘密处置办法"
    fields = {"title": title, "doc_number": "例政发〔2024〕9号", "index_no": "111111111/2024-00009"}
    bureau = platform.site("rsj", "示例市人力资源和社会保障局")
    bureau.policy("p1", body="第一条　根据例政发〔2024〕9号，制定本办法。\n", date_published="2024-09-08")
    city = platform.site("city", "示例市人民政府")
    city.policy("c1", doc_number="例政发〔2024〕1号", index_no="111111111/2024-00001")
    for hidden in (
        {"disclosure": "withheld", "withhold_class": "n02", "withhold_note": "内部事务"},
        {"disclosure": "on_request", "withhold_class": "n02", "withhold_note": "内部事务"},
        {"draft": "true"},
        {"date_published": "2027-01-01"},
        {"withdrawn": "{on: 2025-01-01, reason: 依法撤下}"},
    ):
        city.policy("c9", **{**fields, **hidden})
        ran = platform.run("build", "--no-search")
        assert ran.status == 0, ran.err
        written = b"".join(p.read_bytes() for p in (platform.folder / "out" / "rsj").rglob("*") if p.is_file())
        assert title.encode() not in written, hidden
        assert b"https://city.example" not in written, hidden
        database = next(platform.cache.rglob("fleet.db"))
        stored = "".join(fact for (fact,) in sqlite3.connect(database).execute("SELECT fact FROM documents"))
        assert "c9" not in stored, hidden
        assert title not in stored, hidden
    city.policy("c9", **fields)
    platform.build()
    assert "https://city.example.gov.cn/zwgk/policies/c9/" in platform.page("rsj", "policies/p1")


def test_a_foreign_title_does_not_name_what_is_hidden_here(platform: Platform) -> None:
    """A document of another site whose title names a hidden document of this one is not shown here."""
    bureau = platform.site("rsj", "示例市人力资源和社会保障局")
    bureau.policy("p1", date_published="2024-09-08")
    bureau.policy(
        "p2", title="示例市内部巡查工作规程", disclosure="withheld", withhold_class="n02", withhold_note="内部"
    )
    platform.site("city", "示例市人民政府").policy(
        "c1",
        title="关于《示例市内部巡查工作规程》和补贴办法的决定",
        doc_number="例政发〔2025〕1号",
        index_no="111111111/2025-00001",
        date_written="2025-01-01",
        date_published="2025-01-02",
        amends="例人社发〔2024〕1号",
    )
    platform.build()
    assert "内部巡查" not in platform.page("rsj", "policies/p1")


def test_a_site_that_must_be_mended_lends_nothing(platform: Platform) -> None:
    """The documents of a site that may not be published are in no register; those of its last good state stay."""
    city = platform.site("city", "示例市人民政府")
    city.policy("c1", doc_number="例政发〔2024〕1号", index_no="111111111/2024-00001")
    bureau = platform.site("rsj", "示例市人力资源和社会保障局")
    bureau.policy(
        "p1", body="第一条　根据例政发〔2024〕1号、例政发〔2024〕2号，制定本办法。\n", date_published="2024-09-08"
    )
    platform.build()
    city.policy(
        "c2",
        body="联系人身份证号 11010519491231002X。\n",
        doc_number="例政发〔2024〕2号",
        index_no="111111111/2024-00002",
    )
    ran = platform.run("build", "--no-search")
    assert ran.status == 1, ran.err
    page = platform.page("rsj", "policies/p1")
    assert "policies/c1/" in page
    assert "policies/c2/" not in page


def test_a_site_that_left_the_platform_is_forgotten(city_and_bureau: Platform) -> None:
    """Without the city in ``SITES.yaml`` the bureau's page has no notice any more."""
    city_and_bureau.build()
    city_and_bureau.save("- {id: rsj, path: rsj}\n")
    city_and_bureau.build()
    assert "https://city.example" not in city_and_bureau.page("rsj", "policies/p1")


def test_a_register_in_use_is_not_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A register that another run uses, or a full disk, is told; only a damaged file is made anew."""
    place = tmp_path / "cache" / "fleet.db"
    with Register(place):
        pass
    before = place.read_bytes()

    def locked(_: Register) -> sqlite3.Connection:
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr(Register, "_open", locked)
    with pytest.raises(GongkaiError, match="另一个 gongkai"):
        Register(place)
    assert place.read_bytes() == before
    monkeypatch.undo()
    place.write_bytes(b"no database" * 1000)
    with Register(place) as register:
        assert register.states() == {}
