"""``gongkai links``: check the links of a site; never part of a build."""

from pathlib import Path
from typing import Any

import click

from generator.cli.options import EXIT_FINDINGS, config_option, format_option, make_build_options, now
from generator.cli.terminal import ChineseCommand, Progress, finding_text, print_message, whole_number, write_stdout
from generator.support.json_text import json_bytes

_INSIDE = ("H001", "H002")


@click.command(cls=ChineseCommand)
@config_option
@click.option("--external", is_flag=True, help="逐个访问站外的网址；没有这一项只列出，不访问")
@click.option(
    "--max-age", type=whole_number(0, 365), default=7, metavar="天数", help="几天以内查过是好的不再访问，缺省为 7"
)
@click.option("--timeout", type=whole_number(1, 300), default=15, metavar="秒数", help="等多少秒算打不开，缺省为 15")
@click.option("--visit-private", is_flag=True, help="内网地址也访问（在内网里试用时）")
@format_option("json")
def links(config_path: Path, *, external: bool, max_age: int, timeout: int, visit_private: bool, form: str) -> None:
    """核对链接：站内的死链，和文件、附件列表、配置里写的站外网址。

    站外网址要加 --external 才访问，每个网站一次只访问一个，中间停一秒。有打不开的，退出码为 1。
    """
    with Progress() as progress:
        inside, rows = _links(
            make_build_options(config_path, None, None, progress),
            external,
            max_age,
            timeout,
            visit_private=visit_private,
        )
    for finding in inside:
        print_message(finding_text(finding))
    if form == "json":
        write_stdout(json_bytes(rows))
    else:
        _print(rows)
    counts = {row["label"]: sum(other["state"] == row["state"] for other in rows) for row in rows}
    counts_text = "，".join(f"{label} {count} 个" for label, count in counts.items()) or "没有站外的网址"
    print_message(
        f"站内死链 {len(inside)} 个；站外网址 {len(rows)} 个：{counts_text}。"
        if rows
        else f"站内死链 {len(inside)} 个；{counts_text}。"
    )
    if inside or any(row["state"] in {"dead", "private"} for row in rows):
        raise SystemExit(EXIT_FINDINGS)


def _links(
    options: Any, external: bool, max_age: int, timeout: int, *, visit_private: bool
) -> tuple[list[Any], list[dict[str, Any]]]:
    from urllib.request import getproxies

    from generator import __version__
    from generator.audit import select_rules
    from generator.pipeline.read import check_archive
    from generator.report.external_links.check_all import check_all, visits_to_cache
    from generator.report.external_links.gather import collect_external_links
    from generator.report.external_links.visit import Visitor, is_private
    from generator.support.cache import Cache

    checked_archive = check_archive(options, select_rules(_INSIDE, ()), with_history=False)
    external_links = collect_external_links(checked_archive.archive, checked_archive.config)
    if not external:
        return list(checked_archive.findings), [_row(item, None) for item in external_links]
    visitor = Visitor(
        f"gongkai/{__version__} (link check; {checked_archive.config.site.base_url})",
        timeout=timeout,
        proxies=getproxies(),
        avoid=(lambda _host: False) if visit_private else is_private,
    )
    with Cache(options.cache_path) as cache:
        known = cache.state("links") or {}
        checked = check_all(
            [item.url for item in external_links],
            visitor,
            now=now(),
            known=known,
            keep_days=max_age,
            advance=lambda done, total: options.progress("访问站外网址", done, total),
        )
        cache.set_state("links", visits_to_cache(checked))
    return list(checked_archive.findings), [_row(item, checked[item.url]) for item in external_links]


def _row(item: Any, checked: Any) -> dict[str, Any]:
    from generator.domain.vocabulary import LinkState

    state = checked.visit.state if checked else LinkState.UNCHECKED
    return {
        "url": item.url,
        "state": state.value,
        "label": state.label,
        "status": checked.visit.status if checked else 0,
        "final": checked.visit.final if checked else "",
        "note": checked.visit.note if checked else "",
        "checked_at": f"{checked.at:%Y-%m-%d %H:%M}" if checked else "",
        "places": [place._asdict() for place in item.places],
    }


def _print(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        if row["state"] == "ok":
            continue
        for place in row["places"]:
            note_text = f"：{row['note']}" if row["note"] else ""
            click.echo(f"{place['path']}:{place['line']}: {row['label']} {row['url']}{note_text}")
        if row["final"]:
            click.echo(f"    现在是 {row['final']}")
