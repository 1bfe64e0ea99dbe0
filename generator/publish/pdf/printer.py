"""WeasyPrint, which makes a PDF of HTML: without the network, the clock and the folders of this machine."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any
from unicodedata import name
from urllib.parse import unquote, urljoin

from generator.domain.problems import GongkaiError

PACKAGE = "weasyprint"
INSTALL = "pip install 'gongkai[pdf]'"
FONTS = "fonts-noto-cjk"
_LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
_VARIANT = "pdf/ua-1"
_MOST_NAMED = 10


class Printer:
    """Make PDF files with one style sheet; every process has its own."""

    def __init__(self, styles: str) -> None:
        """Import WeasyPrint and read the style sheet; raises ``GongkaiError`` where it or its libraries are missing."""
        self._program = load_program()
        self._logger = logging.getLogger(PACKAGE)
        self._styles = self._program.CSS(string=styles, url_fetcher=_fetcher(lambda _: b""))

    def pdf(self, html: str, address: str, root: str, picture: Callable[[str], bytes]) -> bytes:
        """Return the PDF of a page at an address; the same HTML, pictures and fonts give the same bytes.

        ``picture`` returns the bytes of a file of the site by its path; nothing else can be loaded. Raises
        ``GongkaiError`` where no font has a Chinese character of the text, or WeasyPrint fails.
        """
        site = urljoin(address, root)

        def load(url: str) -> bytes:
            return picture(unquote(url.removeprefix(site))) if url.startswith(site) else b""

        with self._missing_characters() as missing:
            try:
                source = self._program.HTML(string=html, base_url=address, url_fetcher=_fetcher(load))
                data: bytes = source.write_pdf(
                    stylesheets=[self._styles],
                    pdf_variant=_VARIANT,
                    pdf_identifier=sha256(html.encode()).digest()[:16],
                )
            except Exception as error:
                reason = f"{type(error).__name__}: {error}"
                raise GongkaiError(f"WeasyPrint 做不了 {address} 的 PDF：{reason}", "删去 policy_pdf 先发布") from error
        if missing:
            shown = "".join(list(missing)[:_MOST_NAMED]) + ("……" if len(missing) > _MOST_NAMED else "")
            raise GongkaiError(
                f"做不了 {address} 的 PDF：这台电脑的字体里没有“{shown}”",
                f"安装中文字体（Debian、Ubuntu：apt install {FONTS}），生僻字再装 fonts-hanazono；或删去 policy_pdf",
            )
        return data

    @contextmanager
    def _missing_characters(self) -> Iterator[dict[str, None]]:
        """Collect the Chinese characters for which there is no font; WeasyPrint only logs them."""
        missing: dict[str, None] = {}

        class _Collector(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                for one in record.args if isinstance(record.args, tuple) and ".notdef" in str(record.msg) else ():
                    if isinstance(one, str) and len(one) == 1 and name(one, "").startswith("CJK"):
                        missing[one] = None

        collector = _Collector()
        level, propagates = self._logger.level, self._logger.propagate
        self._logger.addHandler(collector)
        self._logger.setLevel(logging.WARNING)
        self._logger.propagate = False
        try:
            yield missing
        finally:
            self._logger.removeHandler(collector)
            self._logger.setLevel(level)
            self._logger.propagate = propagates


def load_program() -> Any:
    """Return WeasyPrint, imported.

    Raises ``GongkaiError`` where it, or a library of the system that it needs, is not installed, and where there is no
    font at all: Pango would end the process.
    """
    try:
        import weasyprint
    except ModuleNotFoundError:
        raise GongkaiError("没有安装做 PDF 的 WeasyPrint", f"运行 {INSTALL}；或删去 policy_pdf") from None
    except OSError:
        hint = f"Debian、Ubuntu：apt install {_LIBRARIES} {FONTS}；或删去 policy_pdf"
        raise GongkaiError("WeasyPrint 要用的系统程序库 Pango 没有安装", hint) from None
    if not _has_fonts():
        raise GongkaiError("这台电脑上没有字体", f"Debian、Ubuntu：apt install {FONTS}；或删去 policy_pdf")
    return weasyprint


def _has_fonts() -> bool:
    from weasyprint.text.ffi import fontconfig

    config = fontconfig.FcInitLoadConfigAndFonts()
    try:
        return bool(fontconfig.FcConfigGetFonts(config, fontconfig.FcSetSystem).nfont)
    finally:
        fontconfig.FcConfigDestroy(config)


def _fetcher(load: Callable[[str], bytes]) -> Any:
    """Return what WeasyPrint loads files with: ``load`` returns their bytes, empty for what must not be loaded."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class _Fetcher(URLFetcher):  # type: ignore[misc]  # has no types
        def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ARG002 - as WeasyPrint calls it
            data = load(url)
            if not data:
                raise ValueError(url)
            return URLFetcherResponse(url, data)

    return _Fetcher()
