"""The editors themselves on a site of gongkai: Decap CMS and Sveltia CMS, from npm, in Chromium."""

import json
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from jsonschema import Draft7Validator
from support.preview import previewed
from support.project import CONFIG, POLICY, Project, until

from generator.source.front_matter.read import read_front_matter

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.slow, pytest.mark.browser]
_PACKAGES = ("@sveltia/cms@0.221.1", "decap-cms@3.16.3", "decap-server@3.11.3", "ajv@8.20.0")
_PROXY_PORT = 8081  # where Decap CMS looks for decap-server
_TITLE = "示例市灵活就业补贴办法（2026年修订）"
_KEPT = "migrated: true  # 从旧站迁来\nexempt: {H003: 示例}\n"


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the editors once, and return the folder of the packages; skip where npm cannot."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("npm")
    (folder / "package.json").write_text('{"private": true}')
    command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", *_PACKAGES]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=600)
    if ran.returncode:
        pytest.skip(f"npm could not install the editors: {ran.stderr.strip()[-200:]}")
    return folder / "node_modules"


@pytest.fixture
def site(project: Project, packages: Path) -> Project:
    """Return a site with two policies and an interpretation, and the editor beside it."""
    project.policy("p1", body="第一条　为了规范补贴发放，制定本办法。\n\n*  列表\n", issuer="[甲局, 乙局]")
    place = project.folder / "content/policies/p1.md"
    text = place.read_text(encoding="utf-8").replace("---\n", f"---\n# 办法\n{_KEPT}", 1)
    place.write_text(text, encoding="utf-8")
    project.policy("p2", title="示例市公益性岗位办法", date_published="2024-05-08 09:30", amends="[p1]")
    project.interpretation(interprets="[p1]", form="[article]")
    admin = project.folder / "admin"
    (admin / "locales").mkdir(parents=True)
    sveltia = packages / "@sveltia/cms"
    shutil.copy(sveltia / "dist/sveltia-cms.js", admin)
    shutil.copy(sveltia / "locales/zh-CN.json", admin / "locales")
    return project


@contextmanager
def opened(browser: "Browser", address: str) -> "Iterator[tuple[Page, list[str]]]":
    """Open the editor, and return the page and the hosts that it asked."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.on("dialog", lambda dialog: dialog.accept())
    asked: list[str] = []
    page.on("response", lambda answer: asked.append(answer.url))
    try:
        page.goto(f"{address}/admin/")
        yield page, asked
    finally:
        context.close()


@contextmanager
def decap_server(project: Project, packages: Path) -> Iterator[None]:
    """Run decap-server on the folder of a project; skip where its port is taken."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", _PROXY_PORT)) == 0:
            pytest.skip(f"port {_PROXY_PORT} is taken")
    process = subprocess.Popen(
        ["node", str(packages / "decap-server/dist/index.js")],
        cwd=project.folder,
        env={**os.environ, "PORT": str(_PROXY_PORT), "LOG_LEVEL": "error"},
    )
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", _PROXY_PORT)) == 0:
                    break
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


def _assert_saved(project: Project, before: str) -> None:
    """Check that what was saved has the new title, all other fields and the whole body, and that gongkai accepts it."""
    after = (project.folder / "content/policies/p1.md").read_text(encoding="utf-8")
    old, new = read_front_matter(before), read_front_matter(after)
    assert new.problems == ()
    assert new.fields["title"].value == _TITLE
    for key, field in old.fields.items():
        if key != "title":
            assert new.fields[key].value == field.value, key
    assert new.fields.keys() - old.fields.keys() <= {"id", "draft"}
    assert "draft" not in new.fields or new.fields["draft"].value is False, "a published document became a draft"
    assert new.body.strip() == old.body.strip()
    assert "# 办法" not in after, "the editor keeps comments now: change the handbook"
    assert [finding["message"] for finding in project.check().findings if finding["blocking"]] == []


def test_sveltia_accepts_the_configuration(site: Project, packages: Path) -> None:
    """The configuration validates against the schema that Sveltia CMS publishes, but for two options of Decap CMS."""
    schema = json.loads((packages / "@sveltia/cms/schema/sveltia-cms.json").read_text(encoding="utf-8"))
    for backend in ("local", "gitlab", "gitea", "github"):
        site.write("site_config.yaml", CONFIG + "editor: {repo: xxgk/site}\n")
        assert site.run("editor", "--backend", backend).status == 0
        configuration = yaml.safe_load((site.folder / "admin/config.yml").read_text(encoding="utf-8"))
        configuration.pop("local_backend", None)
        configuration.pop("locale")
        assert [error.message[:300] for error in Draft7Validator(schema).iter_errors(configuration)] == []


@pytest.mark.parametrize("subject", ["front-matter", "config"])
def test_ajv_reads_the_schemas_in_its_strict_mode(project: Project, packages: Path, subject: str) -> None:
    """A strict reader in JavaScript, which refuses keywords and patterns that it does not know, takes the schemas."""
    project.write("schema.json", project.run("schema", subject).out)
    script = (
        f"const Ajv = require({json.dumps(str(packages / 'ajv'))}).default;"
        "const schema = JSON.parse(require('fs').readFileSync('schema.json'));"
        "const validate = new Ajv({strict: true, allowUnionTypes: true}).compile(schema);"
        "console.log(validate({disclosure: '主动公开'}), validate({没有: 1}));"
    )
    ran = subprocess.run(["node", "-e", script], cwd=project.folder, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    assert ran.stdout.split() == ["true" if subject == "front-matter" else "false", "false"]


def test_a_field_is_changed_in_sveltia(site: Project, chromium: "Browser") -> None:
    """On a local folder a title is changed; other fields, unknown ones and the body stay, and no other host answers."""
    assert site.run("editor").status == 0
    before = (site.folder / "content/policies/p1.md").read_text(encoding="utf-8")
    texts = {
        path.relative_to(site.folder).as_posix(): path.read_text(encoding="utf-8")
        for path in (site.folder / "content").rglob("*.md")
    }
    with previewed(site) as address, opened(chromium, address) as (page, asked):
        page.evaluate(_FILL_FOLDER, texts)
        page.get_by_text("使用本地仓库").click()
        page.get_by_text("政策文件").first.wait_for()
        page.evaluate("location.hash = '#/collections/policies/entries/p1'")
        page.locator("[data-key-path=title] input").fill(_TITLE)
        page.locator("[data-key-path=id] input").fill("p1")
        page.get_by_text("保存", exact=True).click()
        until(page, f"async () => (await ({_READ_FILE})('content/policies/p1.md')).includes('修订')")
        site.write("content/policies/p1.md", page.evaluate(_READ_FILE, "content/policies/p1.md"))
        page.evaluate("location.hash = '#/collections/policies/new'")
        draft = page.locator("[data-key-path=draft] [role=switch]")
        draft.wait_for()
        assert draft.get_attribute("aria-checked") == "true", "a new document begins as a draft"
        assert {re.sub(r"^(\w+:(//[^/]+)?).*", r"\1", url) for url in asked} <= {address, "data:", "blob:"}
    _assert_saved(site, before)


def test_a_field_is_changed_in_decap(site: Project, chromium: "Browser", packages: Path) -> None:
    """With decap-server a title is changed; the same stays, and a relation finds a document by its title."""
    shutil.copy(packages / "decap-cms/dist/decap-cms.js", site.folder / "admin")
    site.write("site_config.yaml", CONFIG + "editor: {script: decap-cms.js}\n")
    assert site.run("editor").status == 0
    before = (site.folder / "content/policies/p1.md").read_text(encoding="utf-8")
    with decap_server(site, packages), previewed(site) as address:
        with opened(chromium, address) as (page, asked):
            page.get_by_text("登录").first.click()
            page.get_by_text("示例市公益性岗位办法").wait_for()
            assert page.get_by_text("Error").count() == 0, "Decap CMS shows what is wrong with a configuration"
            page.evaluate("location.hash = '#/collections/policies/entries/p1'")
            page.locator("input[id^=title-field]").first.fill(_TITLE)
            _publish(page, "p1")
            _until(lambda: "修订" in (site.folder / "content/policies/p1.md").read_text(encoding="utf-8"))
            hosts = {re.sub(r"^(\w+:(//[^/:]+)?).*", r"\1", url) for url in asked}
            assert hosts <= {"http://127.0.0.1", "http://localhost", "data:", "blob:"}
        with opened(chromium, address) as (page, _):
            page.get_by_text("登录").first.click()
            page.get_by_text("示例市公益性岗位办法").wait_for()
            page.evaluate("location.hash = '#/collections/interpretations/entries/i1'")
            page.locator("input[id^=interprets-field]").fill("公益性")
            page.get_by_text("示例市公益性岗位办法").last.click()
            _publish(page, "i1")
            _until(lambda: "- p2" in (site.folder / "content/interpretations/i1.md").read_text(encoding="utf-8"))
    text = (site.folder / "content/interpretations/i1.md").read_text(encoding="utf-8")
    assert [reference.text for reference in _value(text, "interprets")] == ["p1", "p2"]
    _assert_saved(site, before)


def test_without_the_script_the_page_says_how_to_get_it(project: Project, chromium: "Browser") -> None:
    """Where the script is missing the page says in Chinese which file is missing and how to get it."""
    project.document("policies/p1.md", POLICY)
    assert project.run("editor").status == 0
    with previewed(project) as address, opened(chromium, address) as (page, _):
        page.get_by_text("npm pack @sveltia/cms").wait_for()
        assert "没有找到编辑器的脚本" in page.inner_text("main")


def _publish(page: "Page", document_id: str) -> None:
    """Fill in the id, which Decap CMS demands, and save."""
    page.locator("input[id^=id-field]").first.fill(document_id)
    page.get_by_text("发布", exact=True).first.click()
    page.get_by_text("立即发布").first.click()


def _value(text: str, key: str) -> Any:
    return read_front_matter(text).fields[key].value


def _until(is_so: Any) -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.1)


# A folder in the browser's own file system stands in for the one that a person would choose.
_FILL_FOLDER = """async (files) => {
  const root = await navigator.storage.getDirectory();
  await root.getDirectoryHandle(".git", { create: true });
  for (const [path, text] of Object.entries(files)) {
    const names = path.split("/");
    let folder = root;
    for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name, { create: true });
    const stream = await (await folder.getFileHandle(names.at(-1), { create: true })).createWritable();
    await stream.write(text);
    await stream.close();
  }
  window.showDirectoryPicker = () => navigator.storage.getDirectory();
}"""
_READ_FILE = """async (path) => {
  const names = path.split("/");
  let folder = await navigator.storage.getDirectory();
  for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name);
  return (await (await folder.getFileHandle(names.at(-1))).getFile()).text();
}"""
