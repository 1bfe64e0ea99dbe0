"""Catalogues as counties keep them: many names of columns, two rows of headings, boxes to tick, CSV and xlsx."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from generator.config.catalogue import read_catalogue
from generator.config.catalogue_headings import heading_of, ticked
from generator.domain.problems import ConfigError

COUNTY = """\
示例县人社领域基层政务公开标准目录,,,,,,,,,,,,,,
序号,公开事项,,公开内容（要素）,公开依据,公开时限,公开主体,公开渠道和载体,公开对象,,公开方式,,公开层级,,试点领域
,一级事项,二级事项,,,,,,全社会,特定群体（请自行填写）,主动,依申请公开,县级,乡、村级,
1,就业信息服务,政策咨询,政策法规,条例,20个工作日,县人社局,"■政府网站  □政府公报
□两微一端    ■政务服务中心",√,,√,,√,√,就业领域
2,,岗位发布,招聘单位,条例,20个工作日,县人社局,■政府网站 ■公示栏,,求职人员,√,,√,,就业
备注：以上事项动态调整,,,,,,,,,,,,,,
"""
MERGED = (
    *("A1:O1", "A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:F3", "G2:G3", "H2:H3"),
    *("I2:J2", "K2:L2", "M2:N2", "O2:O3", "B4:B5", "A6:O6"),
)


def as_workbook(text: str, place: Path, merged: tuple[str, ...] = ()) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in csv.reader(io.StringIO(text)):
        sheet.append([cell or None for cell in row])
    for area in merged:
        sheet.merge_cells(area)
    book.save(place)


@pytest.mark.parametrize("name", ["目录.csv", "目录.xlsx"])
def test_the_national_form_is_read_as_it_is(name: str, tmp_path: Path) -> None:
    """Title, two rows of headings, merged cells, ticks and boxes give the same items from CSV and from a workbook."""
    if name.endswith(".csv"):
        (tmp_path / name).write_text(COUNTY, encoding="utf-8-sig")
    else:
        as_workbook(COUNTY, tmp_path / name, MERGED)
    first, second = read_catalogue(tmp_path, name)
    assert first.name == "就业信息服务 政策咨询"
    assert second.name == "就业信息服务 岗位发布"
    assert first.facts["item_channels"] == "政府网站、政务服务中心"
    assert (first.facts["item_audience"], second.facts["item_audience"]) == ("全社会", "特定群体：求职人员")
    assert (first.facts["item_tier"], second.facts["item_tier"]) == ("县级、乡、村级", "县级")
    assert first.facts["item_mode"] == "主动"
    assert first.facts["item_area"] == "就业领域"


def test_short_names_of_columns() -> None:
    """依据 is 公开依据, 渠道 is 公开渠道和载体, and brackets do not matter."""
    words = ["事项", "依据", "内容（要素）", "主体", "时限", "渠道", "方式", "流程", "更新周期", "联系人"]
    keys = [heading.key for word in words if (heading := heading_of(word))]
    assert keys == [
        *("item_name", "item_basis", "item_elements", "item_subject", "item_time_limit", "item_channels"),
        *("item_mode", "item_process", "update_every", "contact_person"),
    ]


def test_a_unit_beside_a_subject_is_the_office_to_ask(tmp_path: Path) -> None:
    """责任科室 is the subject where no other column is, else the office to ask."""
    (tmp_path / "a.csv").write_text("事项,公开主体,责任科室\n补贴,县局,就业科\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("事项,责任科室\n补贴,就业科\n", encoding="utf-8")
    (both,) = read_catalogue(tmp_path, "a.csv")
    (alone,) = read_catalogue(tmp_path, "b.csv")
    assert (both.facts["item_subject"], both.facts["contact_unit"]) == ("县局", "就业科")
    assert alone.facts["item_subject"] == "就业科"


def test_ticked_boxes() -> None:
    """Only what is ticked counts; words without boxes, or before them, stay as they are."""
    assert ticked("☑政府网站☐政府公报 √公示栏") == "政府网站、公示栏"
    assert ticked("□政府网站 □政府公报") == ""
    assert ticked("政府网站、公示栏") == "政府网站、公示栏"
    assert ticked("见 ■ 的各项") == "见 ■ 的各项"


def test_an_unknown_column_is_refused_with_its_line(tmp_path: Path) -> None:
    """A heading that nobody knows is told with the line and the nearest name."""
    (tmp_path / "a.csv").write_text("目录,,\n事项,公开依剧,主体\n补贴,条例,县局\n", encoding="utf-8")
    with pytest.raises(ConfigError) as told:
        read_catalogue(tmp_path, "a.csv")
    assert "a.csv:2: 没有“公开依剧”这一列" in told.value.message
    assert "公开依据" in told.value.hint


def test_a_broken_workbook_is_refused(tmp_path: Path) -> None:
    """A file that is only called xlsx ends with a message."""
    (tmp_path / "a.xlsx").write_bytes(b"not a workbook")
    with pytest.raises(ConfigError):
        read_catalogue(tmp_path, "a.xlsx")
