"""``SITES.yaml``: mistakes are told in Chinese, with the file, the line and what to write."""

import pytest
from support.site_platform import Platform


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("output: out\n", "SITES.yaml:1: sites: 缺少必填的设置"),
        ("output: out\nsites: []\n", "SITES.yaml:2: sites: 没有写一个网站"),
        ("output: out\nsites:\n- {id: A b, path: x}\n", "SITES.yaml:3: sites.0.id: 网站代号“A b”只能用"),
        ("output: out\nsites:\n- {id: portal, path: x}\n", "网站代号换一个"),
        ("output: out\nsites:\n- {id: a, path: x}\n- {id: a, path: y}\n", "网站代号“a”写了两次"),
        ("output: out\nsites:\n- {id: a}\n", "没有写在哪里"),
        ("output: out\nsites:\n- {id: a, path: x, revision: main}\n", "没有写 git"),
        ("output: out\nsites:\n- {id: a, git: 'ext::sh -c id', revision: main}\n", "不是 git 地址"),
        ("output: out\nsites:\n- {id: a, git: '--upload-pack=x'}\n", "不是 git 地址"),
        ("output: out\nsites:\n- {id: a, git: 'https://h/x.git', revision: '--force'}\n", "不是分支、标签或提交"),
        ("output: out\nsites:\n- {id: a, pth: x}\n", "SITES.yaml:3: sites.0.pth: 没有这个设置"),
        (
            "output: out\nshared:\n  thema: x\nsites:\n- {id: a, path: x}\n",
            "SITES.yaml:3: thema: 没有这个设置，是不是 theme",
        ),
        ("output: out\nshared: 1\nsites:\n- {id: a, path: x}\n", "shared 应是“名称: 值”的形式"),
        ("output: out\nportal: {title: 门户, base_url: www.x.cn}\nsites:\n- {id: a, path: x}\n", "应为以 http"),
        ("output：out\nsites:\n- {id: a, path: x}\n", "全角冒号"),
        ("- a\n", "应是“名称: 值”的形式"),
    ],
)
def test_mistakes(platform: Platform, text: str, expected: str) -> None:
    """A file that cannot be used is refused with status 2, and nothing is written."""
    (platform.folder / "SITES.yaml").write_text(text, "utf-8")
    ran = platform.run()
    assert ran.status == 2
    assert expected in ran.err
    assert not (platform.folder / "out").exists()


def test_no_file(platform: Platform) -> None:
    """Without the file the command says what to write."""
    ran = platform.run()
    assert ran.status == 2
    assert "找不到 SITES.yaml" in ran.err


def test_an_executor_that_does_not_exist(city_and_bureau: Platform) -> None:
    """Another word than local or dask:// is refused with what may be written."""
    ran = city_and_bureau.run("--executor", "cloud")
    assert ran.status == 2
    assert "写 local，或 dask://主机:端口" in ran.err


def test_a_site_without_config(city_and_bureau: Platform) -> None:
    """A folder without a config is named with what to change in ``SITES.yaml``; there is no ``-c`` here."""
    (city_and_bureau.folder / "city/site_config.yaml").unlink()
    ran = city_and_bureau.run("check")
    assert ran.status == 2
    assert "city: 错误: " in ran.err
    assert "city/site_config.yaml" in ran.err
    assert "path" in ran.err
    assert "-c" not in ran.err
