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
@click.option(
    "--host",
    metavar="地址",
    default="127.0.0.1",
    help="在哪个地址上提供预览，缺省为 127.0.0.1，只有本机能看；0.0.0.0 是本机的全部地址",
)
@day_option
@jobs_option
def serve(config_path: Path, port: int, host: str, as_of: dt.datetime | None, jobs: int | None) -> None:
    """在本机预览：改了文件就重新生成，浏览器自动刷新。

    预览里有还没有公开的内容。给别的电脑看（--host）时，网络里的人都看得到；只给自己看的，用 ssh 隧道。
    """
    from generator.config.load import load_config
    from generator.pipeline.preview.hosts import is_loopback
    from generator.pipeline.preview.serve import Preview

    if not config_path.exists():
        load_config(config_path)  # says that there is none; mistakes in one are shown in the page
    if not is_loopback(host):
        print_message(
            f"注意：预览在 {host} 上，网络里的人都能打开，没有口令；还没有公开的内容也在里面。"
            f"\n    只给自己看的，去掉 --host，在自己的电脑上运行 ssh -N -L 8000:127.0.0.1:{port} 用户@服务器"
        )

    with Progress() as progress, tempfile.TemporaryDirectory(prefix="gongkai-serve-") as folder:

        def say_state(text: str) -> None:
            print_message(f"[{dt.datetime.now(SHANGHAI):%H:%M:%S}] {text}")

        preview = Preview(
            lambda: make_build_options(config_path, as_of, jobs, progress),
            Path(folder) / "site",
            finding_text,
            say_state,
            host,
        )
        preview.run(port)
