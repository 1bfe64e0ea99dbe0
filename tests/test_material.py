"""The reference material beside the repository: real notices as they are, and a site of real regulations."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.built_site import assert_whole, dead_addresses, made, read_page
from support.program import Ran, run_program
from support.project import AS_OF, WHOLE_SITE, Project, hosted
from support.search_page import Corpus, open_search

from generator.domain.doc_numbers import doc_numbers_in, is_standard_doc_number, strip_leading_words
from generator.domain.model import MatchKind
from generator.domain.privacy import find_private_data
from generator.source.text import markup
from generator.source.text.line_signs import with_line_signs
from generator.source.text.plain import ExtractedBlocks

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.material

# Queries, and the words of those that are more than one.
QUERIES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("税", "龄", "假", "国务院", "人民法院", "第三十条", "2013年"), ()),
    "鱼": ("鱼", "渔业"),  # of the table
    "一百万元以下": ("一百万元", "以下"),
    "县级以上": ("县级", "以上"),
}
CODES = set(
    re.findall(
        r"\S+",
        """中华人民共和国国务院 中华人民共和国国务院、中华人民共和国中央军事委员会 中华人民共和国建设部 公安部
        北京市人民政府 卫生部 民政部、总后勤部 浙江省人民代表大会常务委员会 浙江省第十一届人民代表大会常务委员会
        浙江省第十二届人民代表大会常务委员会 杭州市第十一届人民代表大会常务委员会 杭州市第十二届人民代表大会常务委员会
        宁波市人民代表大会常务委员会 温州市人民代表大会常务委员会 丽水市第三届人民代表大会常务委员会
        海关总署 国家工商行政管理局 国家工商行政管理总局 国家市场监督管理总局 国家质量技术监督局
        国家食品药品监督管理总局
        法发 法复 法释 高检发释字""",
    )
)
SHARED = Path(__file__).parent.parent.parent / "shared"


def material(name: str) -> Path:
    """Return a place in the reference material; the test is skipped where there is none."""
    place = SHARED / name
    if not place.exists():
        pytest.skip(f"there is no reference material: {Path('..') / 'shared' / name} does not exist")
    return place


def command(folder: Path, *arguments: str) -> Ran:
    """Run the program on a config in the material, with a cache under ``folder``."""
    environment = {"XDG_CACHE_HOME": str(folder / "cache")}
    return run_program(*arguments, "--as-of", AS_OF, folder=folder, environment=environment)


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """Read the plain ``key: value`` lines of a file of the corpus, and its text."""
    head, _, body = text.removeprefix("---\n").partition("\n---\n")
    rows = (line.partition(": ") for line in head.split("\n"))
    return {key: value.strip('"') for key, _, value in rows}, body


def built_by(generator: str, folder: Path) -> Path:
    """Return 300 real regulations as pages of another generator; the test is skipped where that is not installed."""
    script = material("corpus/make_site.py")
    program = shutil.which(
        generator, path=os.pathsep.join((os.environ.get("PATH", ""), str(Path(sys.executable).parent)))
    )
    if program is None:
        pytest.skip(f"{generator} is not installed")
    site = folder / generator
    arguments = [sys.executable, str(script), "--documents", "300", "--out", str(site), "--for", generator]
    subprocess.run(arguments, check=True)
    how = {"hugo": ["--quiet", "-s", str(site), "-d"], "pelican": ["-q", "-s", str(site / "conf.py"), "-o"]}
    command = [
        program,
        *how[generator],
        str(site / "pages"),
        *([str(site / "content")] if generator == "pelican" else []),
    ]
    subprocess.run(command, check=True, capture_output=True, cwd=site, env={**os.environ, "PYTHONPATH": ""})
    return site / "pages"


@pytest.mark.slow
@pytest.mark.parametrize("generator", ["hugo", "pelican"])
def test_pages_of_other_generators_are_audited(generator: str, tmp_path: Path) -> None:
    """On 300 regulations that Hugo or Pelican publishes all interpretations are matched, and only true faults found."""
    pages = built_by(generator, tmp_path)
    ran = command(tmp_path, "audit", "--pages", str(pages), "-o", str(tmp_path / "report"))
    assert ran.status == 1, ran.err
    data = json.loads((tmp_path / "report/audit.json").read_text(encoding="utf-8"))
    found = Counter(finding["rule"] for finding in data["findings"])
    assert found.pop("P001") == 120  # neither generator links the two
    assert found.pop("V003") == 1  # 试行 without a term
    assert set(found) == {"P004", "P005"}
    assert len(data["findings"]) < 130  # what most pages lack is said once
    undecided = {one["what"]: one["number"] for one in data["undecided"]}
    assert undecided["政策文件没有写文件类别"] == data["figures"]["total"]["policies"] > 180
    assert undecided.get("网页没有日期", 0) <= 4  # lists of categories and authors
    assert "解读所解读的文件不在文件夹里" not in undecided


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Write a site of 300 real regulations, once."""
    script = material("corpus/make_site.py")
    folder = tmp_path_factory.mktemp("corpus")
    arguments = [sys.executable, str(script), "--documents", "300", "--out", str(folder / "site")]
    subprocess.run(arguments, check=True)
    return Project(folder / "site", folder / "cache")


def test_the_real_notices_build_as_they_are(tmp_path: Path) -> None:
    """The real notices build as they are: an odd 文号, two attachments not given, a mailbox, texts not declared."""
    config = str(material("real/site_config.yaml"))
    ignored = ["--ignore", ",".join(WHOLE_SITE)]  # three notices are no whole site
    checked = command(tmp_path, "check", "-c", config, "--format", "json", *ignored)
    found = json.loads(checked.out)
    assert Counter(finding["rule"] for finding in found) == {"F007": 1, "F013": 1, "H008": 2, "S006": 1}
    assert {finding["severity"] for finding in found} == {"warning"}
    assert not any(finding["blocking"] for finding in found)
    assert checked.status == 0
    built = command(tmp_path, "build", "-c", config, "-o", "public")
    assert built.status == 0, built.err
    assert_whole(tmp_path / "public")
    for name in ("hj-2018-38", "zz-2020-199", "cx-2018-plan"):
        root = read_page(tmp_path / "public/policies" / name / "index.html")
        assert root.one("article")["data-id"] == name


def test_the_wording_of_the_real_notices_is_kept(tmp_path: Path) -> None:
    """Every line of the real notices stands in the built pages, word for word, but for Markdown's own marks."""
    folder = material("real")
    built = command(tmp_path, "build", "-c", str(folder / "site_config.yaml"), "-o", "public", "--no-search")
    assert built.status == 0, built.err
    for place in sorted((folder / "content/policies").glob("*.md")):
        body = front_matter(place.read_text(encoding="utf-8-sig").replace("\r\n", "\n"))[1]
        root = read_page(tmp_path / "public/policies" / place.stem / "index.html")
        text = bare(root.one("div", class_="text").text)
        lines = [line for line in map(bare, re.sub(r"(?m)^\s*\d+\.\s", "", body).split("\n")) if line]
        assert len(lines) > 15
        assert [line for line in lines if line not in text] == []


def bare(text: str) -> str:
    """Return a text without blanks and without the characters that Markdown reads as marks."""
    return re.sub(r"[\s#|*>\\-]", "", text)


def test_statuses_of_the_corpus_are_right(corpus: Project) -> None:
    """In a site of 300 real regulations every status is the one that the front matter gives, and no address is dead."""
    files = {place.stem: place.read_text(encoding="utf-8") for place in (corpus.folder / "content").rglob("*.md")}
    fields = {name: front_matter(text)[0] for name, text in files.items()}
    site = made(corpus, jobs=2)
    ended = {row["repeals"] for row in fields.values() if "repeals" in row}
    wanted = {}
    for name, row in fields.items():
        if row["kind"] == "policy":
            expired = row.get("expires_on", "9999") < AS_OF
            wanted[name] = "repealed" if row["doc_number"] in ended else "expired" if expired else "effective"
    assert set(wanted.values()) == {"repealed", "expired", "effective"}
    records = {row["id"]: row for row in json.loads((site / "api/documents.json").read_text(encoding="utf-8"))}
    assert set(records) == set(fields)
    assert {name: row["status"] for name, row in records.items() if row["status"]} == wanted
    number = {row["doc_number"]: name for name, row in fields.items() if row["kind"] == "policy"}
    for name, row in fields.items():
        if row["kind"] == "interpretation":
            assert name in records[number[row["interprets"]]]["interpreted_by"]
        _, cites, last = files[name].rpartition("\n\n依据")
        for found in re.findall(r"例人社发〔\d{4}〕\d+号", last if cites else ""):
            assert name in records[number[found]]["cited_by"], (name, found)
    assert_whole(site)
    assert dead_addresses(site, "https://rsj.example.gov.cn/zwgk/") == []


def test_the_quick_way_changes_no_byte_of_a_regulation(corpus: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """All 500 regulations, and 300 with tables and lists, give the same HTML without what spares the library work."""
    places = sorted((material("corpus/laws")).rglob("*.md"))
    assert len(places) == 500
    bodies = [place.read_text(encoding="utf-8") for place in places]
    bodies += [
        front_matter(place.read_text(encoding="utf-8"))[1] for place in (corpus.folder / "content").rglob("*.md")
    ]
    quick = [markup.convert(body) for body in bodies]
    monkeypatch.setattr(
        markup, "extract_plain_blocks", lambda text, numbers: ExtractedBlocks(with_line_signs(text, numbers), [])
    )
    for body, made_quickly in zip(bodies, quick, strict=True):
        whole = markup.convert(body)
        assert (whole.html, whole.text) == (made_quickly.html, made_quickly.text)
        assert list(whole.blocks.lines()) == list(made_quickly.blocks.lines())


def test_nothing_personal_is_found_in_the_law() -> None:
    """In 500 real regulations and the real notices there is no number of a person, no mark, no list; one mailbox."""
    places = [*material("corpus/laws").rglob("*.md"), *material("real").rglob("*.md")]
    assert len(places) > 500
    found = Counter(
        piece.kind for place in places for piece in find_private_data(place.read_text(encoding="utf-8-sig"))
    )
    assert found == {MatchKind.MAILBOX: 1}


def test_every_number_that_the_law_cites_is_found() -> None:
    """In 500 real regulations every 文号 and every decree that a plain expression sees is found whole, no other."""
    seen = re.compile(
        r"[\u4e00-\u9fff]{2,12}\s?[\[［【(（〈〔]\s?(?:19|20)\d\d\s?[\]］】)）〉〕]\s?(?:第\s?)?[0-9０-９]{1,5}\s?号"
        r"|(?:令|公告)\s?[（(]?第\s?[0-9０-９]+\s?号|第\s?[0-9０-９]+\s?号令"
    )
    total = 0
    codes = set()
    for place in sorted(material("corpus/laws").rglob("*.md")):
        words = markup.convert(place.read_text(encoding="utf-8")).text
        found = list(doc_numbers_in(words))
        assert [one.end for one in found] == [one.end() for one in seen.finditer(words)], place.name
        numbers = [strip_leading_words(one.text) for one in found]
        assert all(number and is_standard_doc_number(number) for number in numbers), (place.name, numbers)
        codes |= {re.split("〔|(?:令|公告)第", str(number))[0] for number in numbers}
        total += len(found)
    assert total > 100
    assert codes == CODES


@pytest.mark.slow
@pytest.mark.browser
def test_searching_the_corpus_finds_what_is_there(chromium: "Browser", corpus: Project) -> None:
    """In an index of many parts what holds the phrase comes first, none is missing, and the rest has its words."""
    site = made(corpus, "searched", with_search=True)
    assert len(list((site / "search").rglob("*.pf_index"))) > 50
    truth = Corpus(site)
    page = chromium.new_page()
    with hosted(site) as address:
        for query, words in QUERIES.items():
            wanted = truth.containing(query)
            assert wanted, query
            hits = open_search(page, address, q=query, limit="all")
            assert set(hits.phrases) == wanted, query
            assert hits.ids[: len(wanted)] == hits.phrases, query
            allowed = set.union(*(truth.containing(word) for word in words)) if words else wanted
            assert set(hits.ids) <= allowed, query
        page.close()
