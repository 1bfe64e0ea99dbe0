"""``gongkai serve``: the preview."""

import datetime as dt
import tempfile
from pathlib import Path

import click

from generator.cli.options import SHANGHAI, config_option, day_option, jobs_option, make_build_options
from generator.cli.terminal import ChineseCommand, Progress, finding_text, print_message, whole_number


@click.command(cls=ChineseCommand)
@config_option
@click.option("--port", type=whole_number(0, 65535), metavar="端口", default=8000, help="本机端口，缺省为 8000")
@day_option
@jobs_option
def serve(config_path: Path, port: int, as_of: dt.datetime | None, jobs: int | None) -> None:
    """在本机预览：改了文件就重新生成，浏览器自动刷新。"""
    from generator.pipeline.serve import Preview

    with Progress() as progress, tempfile.TemporaryDirectory(prefix="gongkai-serve-") as folder:

        def say_state(text: str) -> None:
            print_message(f"[{dt.datetime.now(SHANGHAI):%H:%M:%S}] {text}")

        preview = Preview(
            lambda: make_build_options(config_path, as_of, jobs, progress),
            Path(folder) / "site",
            finding_text,
            say_state,
        )
        preview.run(port)
