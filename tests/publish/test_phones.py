"""Phone numbers as links: only what is certainly one, never another number."""

import pytest
from support.built_site import made, read_page
from support.project import CONFIG, Project

from generator.publish.text.phones import find_phones, with_phones


@pytest.mark.parametrize(
    ("text", "dialled"),
    [
        ("电话：0371-12345678", ["0371-12345678"]),
        ("联系人：张三，0371—12345678。", ["0371-12345678"]),
        ("咨询（0371）12345678", ["0371-12345678"]),
        ("电话：8123400", ["8123400"]),
        ("联系电话（工作日）：8123400、8123401", ["8123400", "8123401"]),
        ("电话：0371-12345678转12", ["0371-12345678;ext=12"]),
        ("拨打12345热线或者12333", ["12345"]),
        ("服务热线 12333", ["12333"]),
        ("热线：400-123-4567", ["4001234567"]),
        ("电话0371-12345678，传真0371-12345679", ["0371-12345678"]),
        ("传真：0371-12345679；电话：0371-12345678", ["0371-12345678"]),
    ],
)
def test_a_phone_number_is_found(text: str, dialled: list[str]) -> None:
    """A number with its area code or behind a word for a phone is found, as a phone dials it."""
    assert [phone.dialled for phone in find_phones(text)] == dialled


@pytest.mark.parametrize(
    "text",
    [
        "传真：0371-12345678",
        "账号：0371-12345678",
        "项目编号 0371-20240001",
        "索引号：MB2X01234/2022-00031",
        "共 8123400 元",
        "电话费 12345 元",
        "电话12345部",
        "安装电话 8123400 台",
        "2024-05-06",
        "云岭人社规〔2022〕3号",
        "第12345号",
        "110101199003070000",
        "标准 GB/T 0371-12345678",
        "0371-12345678-90123",
        "v0371-12345678",
    ],
)
def test_another_number_is_none(text: str) -> None:
    """A fax machine, an account, a number of a file, an amount or a day is no phone."""
    assert find_phones(text) == []


def test_a_field_named_phone_is_one_and_its_words_are_escaped() -> None:
    """The label of a field counts as the word before; what is not a number stays text."""
    assert with_phones("8123400", "电话") == '<a class="phone" href="tel:8123400">8123400</a>'
    assert with_phones("8123400", "传真") == "8123400"
    assert with_phones("<b>&", "电话") == "&lt;b&gt;&amp;"


def test_numbers_of_texts_and_tables_are_links(project: Project) -> None:
    """Phones are links, in a table by the heading of the column or the label beside; other numbers are not."""
    project.write("site_config.yaml", CONFIG.rstrip() + "\n  phone: 0371-12345670\n")
    text = (
        "联系电话：0371-12345671。[见网页0371-12345672](https://www.example.gov.cn/)\n\n`电话：0371-12345673`\n\n"
        "| 科室 | 电话 | 传真 |\n|---|---|---|\n| 甲科 | 8123401 | 0371-12345674 |\n\n"
        "| 项目 | 内容 |\n|---|---|\n| 联系电话 | 8123402 |\n| 传真 | 0371-12345675 |\n| 金额 | 8123403 |\n"
    )
    project.policy("p1", text)
    page = read_page(made(project) / "policies/p1/index.html")
    links = [node["href"] for node in page.all("a", class_="phone")]
    assert links == ["tel:0371-12345671", "tel:8123401", "tel:8123402", "tel:0371-12345670"]
