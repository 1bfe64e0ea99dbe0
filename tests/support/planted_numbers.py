"""Numbers that are right in form and belong to nobody we know, and attachments of every kind that hold them."""

import io
import random
import zipfile
from collections.abc import Callable, Sequence

import docx
import openpyxl
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from generator.domain.privacy.identity_numbers import is_credit_code

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_REGIONS = ("110101", "220602", "320583", "440106", "510107", "650102", "230881", "370983")
_SURNAMES, _NAMES = "王李张刘陈杨赵黄周吴", "伟芳娜敏静丽强磊军洋艳勇"


def identity(random_: random.Random) -> str:
    """Make an identity number of 18 characters."""
    day = f"{random_.randint(1935, 2019)}{random_.randint(1, 12):02}{random_.randint(1, 28):02}"
    body = f"{random_.choice(_REGIONS)}{day}{random_.randint(1, 999):03}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def old_identity(random_: random.Random) -> str:
    """Make an identity number of 15 digits."""
    day = f"{random_.randint(30, 99)}{random_.randint(1, 12):02}{random_.randint(1, 28):02}"
    return f"{random_.choice(_REGIONS)}{day}{random_.randint(1, 999):03}"


def mobile(random_: random.Random) -> str:
    """Make a mobile number."""
    return f"1{random_.randint(3, 9)}{random_.randint(0, 9)}{random_.randint(10_000_000, 99_999_999) // 10 * 10 + 7}"


def card(random_: random.Random) -> str:
    """Make a number of a bank card with its check digit."""
    length = random_.choice((16, 17, 18, 19))
    body = "62" + "".join(str(random_.randint(0, 9)) for _ in range(length - 3))
    total = sum(sum(divmod(2 * int(digit), 10)) for digit in body[::-2]) + sum(map(int, body[-2::-2]))
    number = body + str(-total % 10)
    return card(random_) if length == 18 and is_credit_code(number) else number  # one in a thousand is both


def rows_of(random_: random.Random, count: int) -> list[tuple[str, str, str, str]]:
    """Make rows of a list: name, identity number, mobile number, bank card."""
    return [
        (
            random_.choice(_SURNAMES) + random_.choice(_NAMES) + random_.choice(_NAMES),
            identity(random_) if random_.random() < 0.8 else old_identity(random_),
            mobile(random_),
            card(random_),
        )
        for _ in range(count)
    ]


HEAD = ("姓名", "身份证号", "手机号", "银行卡号")
Rows = Sequence[Sequence[str]]


def as_docx(rows: Rows) -> bytes:
    """Write rows as a table and, some of them, as a paragraph of several runs."""
    document = docx.Document()
    document.add_paragraph("关于补贴发放名单的公示")
    table = document.add_table(0, len(HEAD))
    for row in [HEAD, *rows]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    paragraph = document.add_paragraph("其中")
    for text in rows[0]:
        for start in range(0, len(text), 5):
            paragraph.add_run(text[start : start + 5]).bold = start % 2 == 0
        paragraph.add_run("，")
    return _saved(document.save)


def as_xlsx(rows: Rows) -> bytes:
    """Write rows as a sheet; mobile numbers are numbers, as they are in practice."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [HEAD, *rows]:
        sheet.append([int(text) if text.isdecimal() and len(text) == 11 else text for text in row])
    return _saved(book.save)


def as_csv(rows: Rows) -> bytes:
    """Write rows as Excel in China does: GBK."""
    return "".join(",".join(row) + "\r\n" for row in [HEAD, *rows]).encode("gbk")


def as_pdf(rows: Rows) -> bytes:
    """Write rows as a page in a Chinese font that is not in the file."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    target = io.BytesIO()
    canvas = Canvas(target)
    canvas.setFont("STSong-Light", 9)
    for number, row in enumerate([HEAD, *rows]):
        for column, text in enumerate(row):
            canvas.drawString(40 + 130 * column, 780 - 16 * number, text)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def as_zip(rows: Rows) -> bytes:
    """Write rows as a workbook in a folder of a zip, with a list in text beside it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("附件/名单.xlsx", as_xlsx(rows[::2]))
        package.writestr("附件/名单.csv", as_csv(rows[1::2]))
    return target.getvalue()


WRITERS: dict[str, Callable[[Rows], bytes]] = {
    ".docx": as_docx,
    ".xlsx": as_xlsx,
    ".csv": as_csv,
    ".pdf": as_pdf,
    ".zip": as_zip,
}


def _saved(save: Callable[[io.BytesIO], None]) -> bytes:
    target = io.BytesIO()
    save(target)
    return target.getvalue()
