"""``gongkai editor``: the configuration that it writes, what it says of the sources, and how it converts them."""

import re
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.preview import previewed
from support.program import run_program
from support.project import CONFIG, POLICY, Project, Tree

from generator.domain.vocabulary import FIELDS, RELATIONS, FieldForm, Kind
from generator.source.front_matter.read import decode, read_front_matter

ROOT = Path(__file__).parents[2]


def written(project: Project, *arguments: str) -> dict[str, Any]:
    """Run ``gongkai editor`` and return the configuration that it writes."""
    ran = project.run("editor", *arguments)
    assert ran.status == 0, ran.err
    configuration: dict[str, Any] = yaml.safe_load((project.folder / "admin/config.yml").read_text(encoding="utf-8"))
    return configuration


def fields_of(configuration: dict[str, Any], collection: str) -> dict[str, dict[str, Any]]:
    """Return the fields of a collection by name."""
    (entry,) = (entry for entry in configuration["collections"] if entry["name"] == collection)
    return {field["name"]: field for field in entry["fields"]}


def test_each_kind_is_a_collection_named_by_its_folder(project: Project) -> None:
    """There is a collection for each folder of content/, and one for drafts; ids name files, bodies stay raw."""
    configuration = written(project)
    collections = {entry["name"]: entry for entry in configuration["collections"]}
    assert list(collections) == [*(kind.folder for kind in Kind), "drafts"]
    for name, entry in collections.items():
        assert entry["folder"] == f"content/{name}"
        assert re.search("[一-龥]", entry["label"])
        assert (entry["slug"], entry["create"], entry["delete"]) == ("{{fields.id}}", True, False)
        assert (entry["media_folder"], entry["public_folder"]) == ("files", "files")
        body = fields_of(configuration, name)["body"]
        assert (body["widget"], body["modes"]) == ("markdown", ["raw"])
    assert configuration["locale"] == "zh_Hans"


def test_fields_are_those_of_the_vocabulary(project: Project) -> None:
    """Names are English keys with Chinese labels; what a kind requires is required, what has no effect on it is out."""
    configuration = written(project)
    for kind in Kind:
        fields = fields_of(configuration, kind.folder)
        for name, field in fields.items():
            if name == "body":
                continue
            assert field["label"] == FIELDS[name].label
            assert kind in FIELDS[name].kinds
            is_required = field.get("required", True)
            assert is_required == (kind in FIELDS[name].required or name in {"id", "disclosure"}), (kind, name)
        assert {spec.key for spec in FIELDS.values() if kind in spec.required} <= fields.keys()
        assert fields["draft"] == {**fields["draft"], "widget": "boolean"}
        assert "default" not in fields["draft"], "Sveltia CMS gives a default to old documents, too"


def test_fixed_values_are_chosen_and_dates_are_days(project: Project) -> None:
    """Fixed values are shown in Chinese and written as codes; dates are written as days."""
    policy = fields_of(written(project), "policies")
    assert {"label": "主动公开", "value": "proactive"} in policy["disclosure"]["options"]
    for key, spec in FIELDS.items():
        field = policy.get(key)
        if field and spec.terms:
            assert field["widget"] == "select"
            assert [choice["value"] for choice in field["options"]] == [term.value for term in spec.terms]
            assert bool(field.get("multiple")) == (spec.form is FieldForm.TERMS)
        if field and spec.form is FieldForm.DATE:
            assert (field["widget"], field["format"], field["time_format"]) == ("datetime", "YYYY-MM-DD", False)
            assert field["default"] == "", "no day is entered by itself"


def test_relations_search_other_documents(project: Project) -> None:
    """A reference is found by title or number in the collection of its kind, and written as the id."""
    configuration = written(project)
    names = {entry["name"]: fields_of(configuration, entry["name"]) for entry in configuration["collections"]}
    targets = {"outcome": "notices", "consulted": "consultations", "follows": "responses"}
    for spec in RELATIONS:
        if not spec.is_declared:
            continue
        key = spec.kind.value
        places = [fields[key] for fields in names.values() if key in fields]
        assert places, key
        for field in places:
            assert (field["widget"], field["multiple"]) == ("relation", True)
            assert field["collection"] == targets.get(key, "policies")
            assert "title" in field["search_fields"]
            assert field["value_field"] == "{{slug}}"
    assert "doc_number" in names["interpretations"]["interprets"]["search_fields"]
    assert "repeals" not in names["interpretations"], "only policies and notices may end another"


def test_patterns_have_chinese_messages(project: Project) -> None:
    """A wrong number is refused in Chinese, after the forms that the config allows."""
    project.write("site_config.yaml", CONFIG + "index_no_patterns: ['^[0-9]{4}-[0-9]{4}$', '^X']\n")
    policy = fields_of(written(project), "policies")
    for key, good, bad in (
        ("id", "rsf-2026-5", "中文"),
        ("doc_number", POLICY["doc_number"], "云岭人社发"),
        ("doc_number", "none", ""),
        ("index_no", "2024-0001", "123456789/2024-00001"),
        ("date_effective", "on_publication", "即日"),
    ):
        pattern, message = policy[key]["pattern"]
        assert re.search(pattern, good), key
        assert not re.search(pattern, bad), key
        assert re.search("[一-龥]", message)


def test_a_pattern_that_only_python_knows_is_left_out(project: Project) -> None:
    """A form of 索引号 that the browser could not read does not stop the editor."""
    project.write("site_config.yaml", CONFIG + "index_no_patterns: ['\\A(?P<code>[0-9]+)\\Z']\n")
    assert "pattern" not in fields_of(written(project), "policies")["index_no"]


@pytest.mark.parametrize(
    ("backend", "mode", "root"),
    [
        ("local", None, None),
        ("gitlab", "editorial_workflow", "https://git.example.gov.cn/api/v4"),
        ("gitea", None, "https://git.example.gov.cn/api/v1"),
        ("github", "editorial_workflow", "https://git.example.gov.cn/api/v3"),
    ],
)
def test_each_backend(project: Project, backend: str, mode: str | None, root: str | None) -> None:
    """``local`` works on a folder; the others name the repository and the bureau's own server."""
    settings = "editor: {repo: xxgk/site, server: 'https://git.example.gov.cn/', branch: master, app_id: abc}\n"
    project.write("site_config.yaml", CONFIG + settings)
    configuration = written(project, "--backend", backend)
    assert configuration.get("local_backend") == (True if backend == "local" else None)
    assert configuration.get("publish_mode") == mode
    page = (project.folder / "admin/index.html").read_text(encoding="utf-8")
    if root is None:
        assert "https://" not in page
        return
    assert configuration["backend"]["name"] == backend
    assert (configuration["backend"]["repo"], configuration["backend"]["branch"]) == ("xxgk/site", "master")
    assert (configuration["backend"]["api_root"], configuration["backend"]["app_id"]) == (root, "abc")
    assert "https://git.example.gov.cn" in page
    assert "github.com" not in page


def test_a_backend_without_repository_is_named(project: Project) -> None:
    """Without a repository the configuration is written, and what is missing is named; Gitee is no choice."""
    ran = project.run("editor", "--backend", "gitlab")
    assert ran.status == 0
    assert "还没有写仓库" in ran.err
    assert project.run("editor", "--backend", "gitee").status == 2
    assert "Gitee" in project.run("editor", "--help").out


def test_a_site_in_a_folder_of_its_repository(project: Project, tmp_path: Path) -> None:
    """On a server the paths begin at the root of the repository, on this computer at the config."""
    (tmp_path / ".git").mkdir()
    assert written(project, "--backend", "gitea")["collections"][0]["folder"] == "site/content/policies"
    assert written(project)["collections"][0]["folder"] == "content/policies"


def test_writing_again_keeps_what_was_changed_by_hand(project: Project) -> None:
    """The editor's files are written anew, unless somebody has changed one: then nothing is."""
    written(project)
    written(project, "--backend", "gitlab")
    place = project.folder / "admin/config.yml"
    place.write_text(place.read_text(encoding="utf-8").replace("政策文件", "文件"), encoding="utf-8")
    before = place.read_bytes()
    ran = project.run("editor")
    assert ran.status == 2
    assert "手工改过" in ran.err
    assert place.read_bytes() == before


def test_the_folder_is_not_written_through_a_link(project: Project, tmp_path: Path) -> None:
    """A link at the place of the folder is not followed."""
    (tmp_path / "elsewhere").mkdir()
    (project.folder / "admin").symlink_to(tmp_path / "elsewhere")
    assert project.run("editor").status == 2
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_script_is_a_setting(project: Project) -> None:
    """The page loads the script that the config names; a place outside of the folder is refused."""
    assert "./sveltia-cms.js" in project.run("editor").err + (project.folder / "admin/index.html").read_text()
    project.write("site_config.yaml", CONFIG + "editor: {script: 'https://assets.example.gov.cn/sveltia-cms.js'}\n")
    written(project)
    page = (project.folder / "admin/index.html").read_text(encoding="utf-8")
    assert '<script src="https://assets.example.gov.cn/sveltia-cms.js">' in page
    assert re.search(r"script-src [^;]*https://assets\.example\.gov\.cn", page)
    for wrong in ("../public/a.js", "a.txt", "//cdn.example/a.js", "https://a.example/;x.js"):
        assert "editor.script" in project.refused(f"editor: {{script: '{wrong}'}}\n")


def test_the_editor_is_no_part_of_the_site(project: Project, tree: Tree) -> None:
    """A build with the editor beside the config is the build without it."""
    project.policy()
    before = tree(project.build())
    written(project)
    project.write("admin/sveltia-cms.js", "script")
    assert tree(project.build("--clean")) == before


_CHINESE = """\
---
标题: "云岭市办法: 试行"  # 注释
公开属性: 主动公开
发布日期: 2024年5月8日
索引号: 123456789/2024-00001
文号: 例人社发〔2024〕1号
# 成文
成文日期: 2024-05-06
发布机构: 云岭市局
草稿: 否
附件:
  - 标题: 表
    文件: files/a.csv
  - files/b.csv
更正说明:
  - 日期: 2024年6月1日
    说明: 改了
审核表:
  承办人: 甲
  是否涉密: 否
  发布平台: [网站, 新媒体]
---
正文：标题: 不动。
"""


def test_what_the_editor_does_not_show_is_counted(project: Project) -> None:
    """Files in Chinese, single values and files elsewhere are counted, with the way to change it."""
    project.write("content/policies/p1.md", _CHINESE)
    project.policy("p2", issuer="云岭市局")
    project.document("policies/2024/p3.md", POLICY)
    ran = project.run("editor")
    assert "1 个文件用了中文字段名" in ran.err
    assert "2 个文件在可以写几项的字段里写了单独一项" in ran.err
    assert "1 个文件不在各类信息的文件夹里" in ran.err
    assert "--convert" in ran.err
    project.run("editor", "--convert")
    again = project.run("editor").err
    assert "中文字段名" not in again
    assert "--convert" not in again


def test_conversion_changes_words_not_meaning(project: Project) -> None:
    """Keys and values become those of the editor; the body, the comments and what the fields say stay."""
    place = project.write("content/policies/p1.md", _CHINESE.replace("\n", "\r\n").encode())
    before = read_front_matter(_CHINESE)
    ran = project.run("editor", "--convert")
    assert ran.status == 0
    assert "content/policies/p1.md" in ran.out
    data = place.read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n")
    text = str(decode(data))
    after = read_front_matter(text)
    assert after.problems == ()
    assert after.body == before.body
    assert after.fields.keys() == before.fields.keys() | {"id"}
    head = text.partition("正文：")[0]
    assert 'title: "云岭市办法: 试行"  # 注释' in head
    assert "# 成文" in head
    tree = yaml.safe_load(head.split("---")[1])
    assert (tree["id"], tree["disclosure"], tree["draft"]) == ("p1", "proactive", False)
    assert tree["issuer"] == ["云岭市局"]
    assert tree["attachments"] == [{"title": "表", "file": "files/a.csv"}, {"file": "files/b.csv"}]
    assert tree["review"]["platforms"] == ["website", "new_media"]
    assert project.run("editor", "--convert").out.count("content/") == 0, "a second time changes nothing"


def test_the_demo_is_the_same_after_its_conversion(tmp_path: Path) -> None:
    """Every field of every source of the demo says the same after the conversion."""
    project = Project(tmp_path / "site", tmp_path / "cache")
    for path in sorted((ROOT / "content").rglob("*.md")):
        project.write(path.relative_to(ROOT).as_posix(), path.read_bytes())
    project.write("site_config.yaml", CONFIG)
    ran = project.run("editor", "--convert")
    assert ran.status == 0, ran.err
    assert "中文字段名" not in ran.err
    assert ran.out.count(".md") > 20
    for path in sorted((ROOT / "content").rglob("*.md")):
        old = read_front_matter(str(decode(path.read_bytes())))
        new = read_front_matter(str(decode((project.folder / path.relative_to(ROOT)).read_bytes())))
        assert old.body == new.body
        assert len(old.problems) == len(new.problems), path
        assert old.fields.keys() == new.fields.keys() - ({"id"} - old.fields.keys())


def _get(address: str) -> tuple[int, str, Any]:
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own server
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), error.headers


def test_the_preview_shows_the_editor(project: Project) -> None:
    """``gongkai serve`` has the editor under /admin/, its files and no others, and no page may embed it."""
    project.policy()
    written(project)
    project.write("admin/sveltia-cms.js", "script()")
    project.write("secret.js", "secret")
    project.write("admin/notes.txt", "notes")
    (project.folder / "admin/out.js").symlink_to(project.folder.parent / "out.js")
    (project.folder.parent / "out.js").write_text("out")
    with previewed(project) as address:
        status, page, headers = _get(f"{address}/admin/")
        assert (status, headers["Content-Security-Policy"]) == (200, "frame-ancestors 'none'")
        assert 'src="./sveltia-cms.js"' in page
        assert "Content-Security-Policy" in page
        assert _get(f"{address}/admin")[1] == page
        assert _get(f"{address}/admin/config.yml")[1].startswith("# 由 gongkai editor 生成")
        assert _get(f"{address}/admin/sveltia-cms.js")[:2] == (200, "script()")
        for outside in ("../secret.js", "%2e%2e/secret.js", "notes.txt", "out.js", "missing.js", "..%2fsecret.js"):
            status, text, _ = _get(f"{address}/admin/{outside}")
            assert status == 404, outside
            assert "secret" not in text


def test_a_page_of_the_site_goes_before_the_editor(project: Project) -> None:
    """Where the site itself has something at /admin/, the preview shows that, and the editor elsewhere."""
    project.write("site_config.yaml", CONFIG + "columns: [{id: admin, title: 行政}]\n")
    project.policy(column="admin")
    written(project)
    with previewed(project) as address:
        assert "网页编辑器" not in _get(f"{address}/admin/")[1]
        assert "网页编辑器" in _get(f"{address}/__gongkai__/admin/")[1]


def test_without_an_editor_the_preview_has_none(project: Project) -> None:
    """A site without the folder has no page there."""
    project.policy()
    with previewed(project) as address:
        assert _get(f"{address}/admin/")[0] == 404


def test_the_editor_needs_a_config(tmp_path: Path) -> None:
    """Outside of a site the command says so."""
    assert run_program("editor", folder=tmp_path).status == 2
