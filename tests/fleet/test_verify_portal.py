"""``gongkai verify`` on a portal: what is wrong with it is found from its files alone."""

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.program import run_program
from support.site_platform import Platform, add_city_and_bureau, add_portal

from generator.domain.problems import GongkaiError
from generator.verify.run import verify

_HIDDEN = "https://mzj.example.gov.cn/zwgk/policies/p4/"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a platform with a portal once, with search."""
    place = tmp_path_factory.mktemp("portal")
    (place / "platform").mkdir()
    platform = Platform(place / "platform", place / "cache")
    add_city_and_bureau(platform)
    add_portal(platform)
    ran = platform.run()
    assert ran.status == 0, ran.err
    return platform.folder / "out" / "portal"


@pytest.fixture
def portal(whole: Path, tmp_path: Path) -> Path:
    """Return a copy of the portal to be damaged."""
    return Path(shutil.copytree(whole, tmp_path / "portal"))


def _sealed(portal: Path) -> None:
    """Write the manifest anew, so that it agrees with the damaged files: only the other checks can find them."""
    place = portal / "manifest.json"
    data = json.loads(place.read_text("utf-8"))
    data.pop("digest")
    data["files"] = {
        path.relative_to(portal).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(portal.rglob("*"))
        if path.is_file() and path != place
    }

    def written() -> bytes:
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()

    data["digest"] = hashlib.sha256(written()).hexdigest()
    place.write_bytes(written())


def _replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def _register(portal: Path, change: Callable[[list[dict[str, Any]]], None]) -> None:
    place = portal / "api" / "register.json"
    data = json.loads(place.read_text("utf-8"))
    change(data)
    place.write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def _one(data: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(one for one in data if one["id"] == name)


def test_a_portal_as_built_has_no_fault(whole: Path) -> None:
    """The portal as built has no fault, and its documents and seal are told; it is not taken for a site."""
    ran = run_program("verify", str(whole), folder=whole)
    assert ran.status == 0, ran.err
    assert "4 件公开信息（2026-11-21的网站），没有发现问题" in ran.err
    seal = hashlib.sha256((whole / "manifest.json").read_bytes()).hexdigest()
    assert seal in ran.err
    assert run_program("verify", str(whole), "--seal", "0" * 64, folder=whole).status == 1


def _link(portal: Path) -> None:
    _replaced(portal / "index.html", "</main>", f'<a href="{_HIDDEN}">内部巡查规程</a></main>')


def _feed(portal: Path) -> None:
    _replaced(portal / "feed.xml", "</feed>", f"<entry><id>{_HIDDEN}</id></entry></feed>")


def _group_feed(portal: Path) -> None:
    place = portal / "themes" / "民政" / "feed.xml"
    _replaced(place, "</feed>", "<entry><id>https://city.example.gov.cn/zwgk/policies/c1/</id></entry></feed>")


def _card(portal: Path) -> None:
    place = portal / "search" / "cards" / "0.json"
    data = json.loads(place.read_text("utf-8"))
    data["rows"].append(["mzj:p4", _HIDDEN, "内部巡查规程", "", "", "2024-05-08", "policy", "effective"])
    place.write_text(json.dumps(data), "utf-8")


def _old_card(portal: Path) -> None:
    _replaced(portal / "search" / "cards" / "0.json", '"repealed"', '"effective"')


def _lost_text(portal: Path) -> None:
    next((portal / "search" / "pagefind" / "fragment").iterdir()).unlink()


def _forgotten(portal: Path) -> None:
    _register(portal, lambda data: data.remove(_one(data, "p3")))


def _state(portal: Path) -> None:
    _register(portal, lambda data: _one(data, "p1").update(state="effective"))


def _elsewhere(portal: Path) -> None:
    _register(portal, lambda data: _one(data, "p3").update(url="https://www.example.com/p3/"))


def _closed(portal: Path) -> None:
    _register(portal, lambda data: _one(data, "k1").update(state="closed"))


def _twice(portal: Path) -> None:
    _register(portal, lambda data: data.append(dict(data[0])))


def _no_site(portal: Path) -> None:
    place = portal / "api" / "sites.json"
    data = json.loads(place.read_text("utf-8"))
    place.write_text(json.dumps([one for one in data if one["site"] != "mzj"]), "utf-8")


def _dead_link(portal: Path) -> None:
    (portal / "accessibility" / "index.html").unlink()


def _planted(portal: Path) -> None:
    (portal / "browse" / "list.json").write_text('{"内部": 1}', "utf-8")


def _script(portal: Path) -> None:
    _replaced(portal / "index.html", "</main>", "<script>alert(1)</script></main>")


def _no_register(portal: Path) -> None:
    (portal / "api" / "register.json").unlink()


def _not_json(portal: Path) -> None:
    (portal / "api" / "register.json").write_text("[{", "utf-8")


@pytest.mark.parametrize(
    ("damage", "path", "kind"),
    [
        (_link, "index.html", "page_without_record"),
        (_feed, "feed.xml", "feed_differs"),
        (_group_feed, "themes/民政/feed.xml", "feed_differs"),
        (_card, "search/cards/0.json", "search_differs"),
        (_old_card, "search/cards/0.json", "search_differs"),
        (_lost_text, "search/texts.json", "search_differs"),
        (_forgotten, "themes/民政/index.html", "page_without_record"),
        (_state, "browse/statuses/index.html", "sitemap_differs"),
        (_elsewhere, "api/register.json", "address_not_relative"),
        (_closed, "consultations/index.html", "page_differs"),
        (_twice, "api/register.json", "unreadable"),
        (_no_site, "api/register.json", "address_not_relative"),
        (_dead_link, "index.html", "dead_link"),
        (_planted, "browse/list.json", "unaccounted"),
        (_script, "index.html", "active_content"),
        (_not_json, "api/register.json", "unreadable"),
    ],
)
def test_a_fault_that_the_manifest_agrees_with(
    portal: Path, damage: Callable[[Path], None], path: str, kind: str
) -> None:
    """A fault is found although the manifest has the sum of the damaged file."""
    damage(portal)
    _sealed(portal)
    found = {(fault.path, fault.what.value) for fault in verify(portal).faults}
    assert (path, kind) in found, found


@pytest.mark.parametrize("damage", [_link, _feed, _card, _state, _planted, _dead_link, _no_register])
def test_the_manifest_tells_every_change(portal: Path, damage: Callable[[Path], None]) -> None:
    """Any file that was changed, added or removed differs from the manifest."""
    damage(portal)
    kinds = {fault.what.value for fault in verify(portal).faults}
    assert kinds & {"changed_file", "not_listed", "missing_file"}


def test_a_later_day(portal: Path) -> None:
    """A state that has changed until a later day is told; a day before the portal is refused."""
    import datetime as dt

    assert not verify(portal, day=dt.date(2026, 12, 10)).faults
    faults = verify(portal, day=dt.date(2026, 12, 11)).faults
    assert [(fault.path, fault.what.value) for fault in faults] == [("api/register.json", "stale_state")]
    assert "mzj:k1" in faults[0].message
    with pytest.raises(GongkaiError):
        verify(portal, day=dt.date(2026, 11, 20))


def test_the_title_is_said_once(whole: Path) -> None:
    """The name of the portal is its title, and stands once in the title of a page and of a feed."""
    home = (whole / "index.html").read_text("utf-8")
    assert re.findall("<title>(.*?)</title>", home) == ["示例市政务公开平台"]
    assert "平台示例市" not in (whole / "feed.xml").read_text("utf-8")


def test_a_portal_without_a_search_of_its_own(whole: Path, tmp_path: Path) -> None:
    """A portal beyond the limit of the search in the browser has no fault."""
    import datetime as dt

    from generator.fleet import portal as portal_room
    from generator.fleet.plan import load_plan
    from generator.fleet.register import Register

    plan = load_plan(whole.parent.parent / "SITES.yaml")
    plan = plan.__class__(plan.file, plan.sites, tmp_path / "out", plan.portal, plan.shared)
    assert plan.portal
    with pytest.MonkeyPatch.context() as patch, Register(next(whole.parents[2].rglob("fleet.db"))) as register:
        patch.setattr(portal_room, "MOST_SEARCHED", 3)
        portal_room.build_portal(
            plan, plan.portal, register, dt.date(2026, 11, 21), tmp_path / "c" / "cache.db", with_search=True
        )
    assert not verify(tmp_path / "out" / "portal").faults
