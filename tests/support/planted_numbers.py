"""Generate valid but random personal numbers, and attachments of every kind that contain them."""

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
    """Return an identity number of 18 characters."""
    day = f"{random_.randint(1935, 2019)}{random_.randint(1, 12):02}{random_.randint(1, 28):02}"
    body = f"{random_.choice(_REGIONS)}{day}{random_.randint(1, 999):03}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def old_identity(random_: random.Random) -> str:
    """Return an identity number of 15 digits."""
    day = f"{random_.randint(30, 99)}{random_.randint(1, 12):02}{random_.randint(1, 28):02}"
    return f"{random_.choice(_REGIONS)}{day}{random_.randint(1, 999):03}"


def mobile(random_: random.Random) -> str:
    """Return a mobile number."""
    return f"1{random_.randint(3, 9)}{random_.randint(0, 9)}{random_.randint(10_000_000, 99_999_999) // 10 * 10 + 7}"


def card(random_: random.Random) -> str:
    """Return a bank card number with its check digit."""
    length = random_.choice((16, 17, 18, 19))
    body = "62" + "".join(str(random_.randint(0, 9)) for _ in range(length - 3))
    total = sum(sum(divmod(2 * int(digit), 10)) for digit in body[::-2]) + sum(map(int, body[-2::-2]))
    number = body + str(-total % 10)
    # one in a thousand is also a valid credit code
    return card(random_) if length == 18 and is_credit_code(number) else number


def rows_of(random_: random.Random, count: int) -> list[tuple[str, str, str, str]]:
    """Return rows of a name list: name, identity number, mobile number, bank card."""
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
    """Return a Word file with the rows as a table, and the first row again in a paragraph of several runs."""
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
    """Return a workbook with the rows; mobile numbers are stored as numbers, as in practice."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [HEAD, *rows]:
        sheet.append([int(text) if text.isdecimal() and len(text) == 11 else text for text in row])
    return _saved(book.save)


def as_csv(rows: Rows) -> bytes:
    """Return the rows as CSV in GBK, as Excel saves it in China."""
    return "".join(",".join(row) + "\r\n" for row in [HEAD, *rows]).encode("gbk")


def as_pdf(rows: Rows) -> bytes:
    """Return a PDF page with the rows in a Chinese font that is not embedded."""
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
    """Return a zip file with half the rows in a workbook and half in a CSV file, in a folder."""
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
