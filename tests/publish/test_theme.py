"""Themes: what a template or a word of a site's own theme can reach, and what is taken from its folder."""

import os
import socket
from pathlib import Path
from typing import Any

import pytest
from support.project import CONFIG, Project

from generator.domain.problems import ConfigError, GongkaiError
from generator.publish.theme.environment import Words
from generator.publish.theme.sandbox import SandboxedTemplates, template_errors
from generator.publish.theme.words import read_words

FOOTER = "themes/mine/templates/parts/footer.html"
REFUSED = (
    "{{ ''.__class__.__mro__ }}",
    "{{ ''|attr('__class__') }}",
    "{{ site['__class__'] }}",
    "{{ [page]|map(attribute='__class__')|list|string|length + 'x' }}",
    "{{ ().__class__.__base__.__subclasses__() }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.environ }}",
    "{{ lipsum.__globals__ }}",
    "{{ t.site.__init__.__globals__ }}",
    "{{ dict.mro().x }}",
    "{{ '{0.__class__}'.format(1) }}",
    "{{ t.lists.count.format_map(page) }}",
    "{% set f = ''.format %}{{ f.__self__ }}",
    "{{ page.update({'title': 'x'}) }}",
    "{{ site.clear() }}",
    "{{ [].append(1) }}",
    "{{ config }}",
    "{{ range(10**9)|length }}",
    "{{ 'a' * 10**9 }}",
    "{{ [0] * 10**9 }}",
    "{{ 10 ** 10 ** 6 }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ '%*d' % (10**9, 1) }}",
    "{{ '%1000000000d'|format(1) }}",
    "{{ '{:>1000000000}'.format(1) }}",
    "{{ '{:{w}}'.format(1, w=10**9) }}",
    "{{ 'a'.center(10**9) }}",
    "{{ 'a'|center(10**9) }}",
    "{{ page|random }}",
    "{% include '/etc/passwd' %}",
    "{% include '../../../site_config.yaml' %}",
    "{% include '../../../content/notices/n1.md' %}",
    "{% import 'os' as os %}",
    "{% include 'parts/footer.html' %}",
)


def _config(project: Project) -> str:
    return (project.folder / "site_config.yaml").read_text(encoding="utf-8")


@pytest.fixture
def themed(project: Project) -> Project:
    """Return a site of one notice with a theme of its own."""
    project.write("site_config.yaml", _config(project) + "theme: mine\n")
    project.document("notices/n1.md", {"title": "停水通知", "date_published": "2024-05-08", "disclosure": "proactive"})
    project.write("themes/mine/assets/own.css", "a {}\n")
    return project


def rendered(folder: Path, text: str) -> str:
    """Render one template of a theme as a page is."""
    (folder / "footer.html").write_text(text, encoding="utf-8")
    files = {"parts/footer.html": folder / "footer.html"}
    words = Words({"site": Words({"skip": "跳过"}), "lists": Words({"count": "共 {count} 条"})})
    with template_errors("parts/footer.html"):
        template = SandboxedTemplates(files, folder / "compiled").get_template("parts/footer.html")
        return template.render(page={"root": "../", "title": "甲"}, site={"name": "示例市某局"}, t=words)


@pytest.mark.parametrize("form", REFUSED)
def test_a_template_reaches_nothing_but_what_it_is_given(tmp_path: Path, form: str) -> None:
    """What reaches for Python, files or memory is refused in Chinese with the template and the line."""
    with pytest.raises(GongkaiError) as refused:
        rendered(tmp_path, f"第一行\n{form}\n")
    assert "footer.html:2" in refused.value.message
    assert refused.value.hint


def test_a_refused_template_stops_a_build(themed: Project) -> None:
    """A build with a template that reaches for more ends with 2, one message and no site."""
    themed.write(FOOTER, "第一行\n{{ ''.__class__ }}\n")
    ran = themed.run("build", "--no-search")
    assert ran.status == 2
    assert "模板 footer.html:2: 主题不许这样做：不能取“__class__”" in ran.err
    assert "Traceback" not in ran.err
    assert not (themed.folder / "public").exists()


def test_what_a_template_needs_it_has(tmp_path: Path) -> None:
    """Loops, tests, formats, joins and calculations of a usual size work in a theme of one's own."""
    text = rendered(
        tmp_path,
        "{% for n in range(3) %}{{ n * 2 }}{% endfor %}|{{ '%.1f' % 2.25 }}|{{ '%03d'|format(7) }}|"
        "{{ '{:>3}'.format(5) }}|{{ '-' * 4 }}|{{ site.name.split('市')|first }}|{{ 2 ** 8 }}|{{ page.root|length }}|"
        "{{ t.lists.count.format(count=3) }}",
    )
    assert text == "024|2.2|007|  5|----|示例|256|3|共 3 条"


def _linked(place: Path, target: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(target)


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("assets/a.txt", "/proc/self/environ"),
        ("assets/a.txt", "content/notices/w.md"),
        ("assets/more", "content"),
        ("templates/parts/footer.html", "content/notices/w.md"),
        ("templates", "/etc"),
        ("locale.yaml", "/proc/self/environ"),
        ("assets/a.txt", "/nowhere"),
    ],
)
def test_a_link_that_leads_out_of_a_theme_is_a_finding(themed: Project, name: str, target: str) -> None:
    """A link in a theme to anything outside of it is F008 and never published, even where F008 is made a warning."""
    withheld = {"withhold_class": "N03", "withhold_note": "讨论中", "review_on": "2027-01-01"}
    own = {"title": "不公开", "date_published": "2024-05-08", "disclosure": "withheld", **withheld}
    themed.document("notices/w.md", own, "哨兵。\n")
    themed.write("site_config.yaml", _config(themed) + "rules: {F008: {blocking: false}}\n")
    _linked(themed.folder / "themes/mine" / name, themed.folder / target)
    found = themed.check("--select", "F008").findings
    assert [item["path"] for item in found] == [f"themes/mine/{name}"]
    built = themed.run("build", "--no-search")
    assert built.status == 0, built.err
    published = [path for path in (themed.folder / "public").rglob("*") if path.is_file()]
    assert published
    assert not [path for path in published if "哨兵".encode() in path.read_bytes() or b"PATH=" in path.read_bytes()]


@pytest.mark.parametrize("what", ["fifo", "socket", "theme", "themes"])
def test_what_is_no_file_of_a_theme_is_a_finding(
    themed: Project, tmp_path: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pipes, sockets and a whole folder of themes that lies elsewhere are F008, and nothing waits for them."""
    mine = themed.folder / "themes/mine"
    if what == "fifo":
        os.mkfifo(mine / "assets/x.css")
    elif what == "socket":
        monkeypatch.chdir(mine)
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind("s")
    else:
        moved = mine if what == "theme" else mine.parent
        moved.rename(tmp_path / "elsewhere")
        moved.symlink_to(tmp_path / "elsewhere")
    ran = themed.run("build", "--no-search")
    assert ran.status == 1
    assert "(F008)" in ran.err


def test_a_link_inside_a_theme_is_one_of_its_files(themed: Project) -> None:
    """A link from one file of a theme to another is taken as the file that it is."""
    (themed.folder / "themes/mine/assets/second.css").symlink_to("own.css")
    assert (themed.build() / "assets/second.css").read_text(encoding="utf-8") == "a {}\n"


@pytest.mark.parametrize("name", ["site_config.yaml", "目录.csv", "content"])
@pytest.mark.parametrize("target", ["file", "fifo"])
def test_config_catalogue_and_content_do_not_lead_out(themed: Project, tmp_path: Path, name: str, target: str) -> None:
    """A config, catalogue or content folder that is a link out of it, or a pipe, is refused, not waited for."""
    themed.write("目录.csv", "编号,公开事项\n1,甲\n")
    themed.write("site_config.yaml", _config(themed) + "catalogue: 目录.csv\n")
    place = themed.folder / name
    place.rename(tmp_path / "moved")
    if target == "fifo":
        os.mkfifo(place)
    else:
        place.symlink_to(tmp_path / "moved")
    for command in ("build", "check"):
        ran = themed.run(command)
        assert ran.status == 2
        assert "Traceback" not in ran.err
        assert target == "fifo" or "(F008)" in ran.err


def test_a_catalogue_is_no_way_to_a_withheld_text(themed: Project) -> None:
    """A catalogue that is a link to a source under content/ is refused, and nothing of the source is said."""
    themed.write("content/notices/w.md", "---\ntitle: 哨兵\ndisclosure: withheld\n---\n哨兵。\n")
    (themed.folder / "目录.csv").symlink_to("content/notices/w.md")
    themed.write("site_config.yaml", _config(themed) + "catalogue: 目录.csv\n")
    ran = themed.run("check")
    assert ran.status == 2
    assert "(F008)" in ran.err
    assert "哨兵" not in ran.err


@pytest.mark.parametrize(
    "word", ["{count.__class__}", "{count!r}", "{count:>1000000000}", "{count[0]}", "{other}", "{}", "{0}", "{"]
)
def test_words_ask_only_for_what_their_place_gives(themed: Project, word: str) -> None:
    """A word of a theme may hold the names that the default word holds, and nothing else in braces."""
    place = themed.write("themes/mine/locale.yaml", f"lists:\n  count: '{word}'\n")
    default = {"lists": {"count": "共 {count} 条"}}
    with pytest.raises(ConfigError, match=r"locale\.yaml:2: lists\.count") as refused:
        read_words(place, default)
    assert "{count}" in refused.value.hint
    themed.write("themes/mine/locale.yaml", "lists:\n  count: '计 {count} 项'\n")
    assert read_words(place, default) == {"lists": {"count": "计 {count} 项"}}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.css", "body { background: url(https://elsewhere.example/a.png) }"),
        ("b.css", "@import '//elsewhere.example/b.css';"),
        ("c.svg", '<svg xmlns="http://www.w3.org/2000/svg" onload="a()"/>'),
    ],
)
def test_what_a_theme_loads_from_elsewhere_is_h010(project: Project, name: str, text: str) -> None:
    """A style sheet or drawing of the site's own theme that runs or loads something from elsewhere stops the build."""
    project.write("site_config.yaml", CONFIG + "theme: own\n")
    project.write(f"themes/own/assets/{name}", text)
    project.policy()
    found = [item for item in project.check().findings if item["rule"] == "H010"]
    assert [(item["path"], item["blocking"]) for item in found] == [(f"themes/own/assets/{name}", True)]
    project.write(
        f"themes/own/assets/{name}",
        text.replace("https://elsewhere.example/", "").replace("//elsewhere.example/", "").replace(' onload="a()"', ""),
    )
    assert "H010" not in project.check().rules


def test_a_process_compiles_the_same_template_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sites in one process share what is compiled; each keeps it in its own cache."""
    compiled = 0
    compile_source = SandboxedTemplates.compile

    def counted(*arguments: Any, **options: Any) -> Any:
        nonlocal compiled
        compiled += 1
        return compile_source(*arguments, **options)

    monkeypatch.setattr(SandboxedTemplates, "compile", counted)
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    text = "{{ site.name }}：只编译一次的{{ page.title }}"
    assert [rendered(folder, text) for folder in folders] == ["示例市某局：只编译一次的甲"] * 2
    assert compiled == 1
    assert [len(list((folder / "compiled").iterdir())) for folder in folders] == [1, 1]
    assert rendered(folders[1], text.replace("只", "再")) == "示例市某局：再编译一次的甲"
    assert compiled == 2
