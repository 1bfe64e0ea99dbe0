"""The sandboxed Jinja environment: a template can only display the data that it is given.

Names, attributes and calls go through Jinja's sandbox, so a template reaches neither Python objects nor files.
Expressions that could use any amount of memory (repeated texts, wide columns, powers) are limited in size.
"""

import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError
from jinja2.filters import do_format
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from generator.domain.problems import GongkaiError
from generator.support.cache import code_digest
from generator.support.seal import NotReadableError, seal, unseal

_ALLOWED_GLOBALS = ("range", "dict", "namespace", "joiner", "cycler")
# Random output, or output of any width: no page needs them.
_REMOVED_FILTERS = ("random", "center", "indent")
_FORBIDDEN_METHODS = frozenset({"center", "ljust", "rjust", "zfill", "expandtabs", "format_map", "translate", "encode"})
# A column width of four digits, or from a variable, in a format string.
_WIDE_COLUMN = re.compile(r"%[^%A-Za-z]{0,40}(?:[0-9]{4}|\*)|\{[^{}]{0,200}:[^{}]{0,40}(?:[0-9]{4}|\{)")
_MOST_COMPILED = 2_000  # some forty themes
_compiled: dict[str, CodeType] = {}  # of this process, by what a template is compiled from
_MAX_REPETITIONS = 10_000
_MAX_EXPONENT = 64
_TEMPLATE_ERRORS = (
    jinja2.TemplateError,
    TypeError,
    KeyError,
    IndexError,
    ValueError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    MemoryError,
)
_HINT = "检查模板里的变量名；可用的变量见该模板开头的说明"


class ListedTemplates(jinja2.BaseLoader):
    """A loader that finds templates by name in a list of files, and nothing else."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = files

    def get_source(self, _environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return the source of a template, and its name for error messages.

        Raises ``TemplateNotFound`` for a name that is not listed, ``TemplateSyntaxError`` where it is not UTF-8.
        """
        path = self._files.get(template)
        if path is None:
            raise jinja2.TemplateNotFound(template)
        try:
            return path.read_text(encoding="utf-8-sig"), template, lambda: True
        except UnicodeDecodeError:
            raise jinja2.TemplateSyntaxError("不是 UTF-8 编码", 1, template) from None
        except OSError:
            raise jinja2.TemplateNotFound(template) from None


class SealedBytecodeCache(jinja2.BytecodeCache):
    """A cache of compiled templates, with keyed checksums, so that only those of this user are loaded.

    A process that builds several sites compiles a template of the same bytes once.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a compiled template; a missing one, or one with a wrong sum, is ignored."""
        if present := _compiled.get(self._place(bucket)):
            bucket.code = present
            if not (self._folder / bucket.key).exists():
                self._store(bucket)
            return
        try:
            code = unseal(self._place(bucket), (self._folder / bucket.key).read_bytes())
        except (OSError, NotReadableError):
            return
        bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store a compiled template; where that fails, the next run compiles it again."""
        if bucket.code:
            if len(_compiled) >= _MOST_COMPILED:
                _compiled.clear()
            _compiled[self._place(bucket)] = bucket.code
        self._store(bucket)

    def _store(self, bucket: Bucket) -> None:
        path = self._folder / bucket.key
        new = path.with_name(f"{bucket.key}.{id(bucket):x}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            new.write_bytes(seal(self._place(bucket), bucket.bytecode_to_string()))
            new.replace(path)
        except OSError:
            return

    @staticmethod
    def _place(bucket: Bucket) -> str:
        return f"template:{code_digest()}:{bucket.key}:{bucket.checksum}"


class SandboxedTemplates(ImmutableSandboxedEnvironment):
    """The sandboxed environment. Views are dictionaries, so ``page.title`` looks for the key first."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, files: Mapping[str, Path], compiled: Path) -> None:
        super().__init__(
            loader=ListedTemplates(files),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=False,
            lstrip_blocks=False,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=SealedBytecodeCache(compiled),
        )
        self._templates: dict[str, jinja2.Template] = {}
        self.globals = {name: self.globals[name] for name in _ALLOWED_GLOBALS}
        for name in _REMOVED_FILTERS:
            self.filters.pop(name, None)
        self.filters["format"] = _format

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 -- Jinja's name
    ) -> jinja2.Template:
        """Return a template; one without globals comes from the cache at once, because a page includes a dozen."""
        if globals or not isinstance(name, str):
            return super().get_template(name, parent, globals)
        template = self._templates.get(name)
        if template is None:
            template = self._templates[name] = super().get_template(name, parent)
            template.globals = dict(template.globals)  # read for each page, and slow as the ``ChainMap`` that it is
            template.root_render_func.__globals__["escape"] = _escaped
        return template

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return the value of a key, else that of a safe attribute."""
        if isinstance(obj, dict):
            try:
                return obj[attribute]
            except KeyError:
                pass
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may use an attribute: no internals of Python, and no method whose result has any size."""
        return attr not in _FORBIDDEN_METHODS and super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Return the result of an operator.

        Raises ``SecurityError`` where the result could be very large.
        """
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "%" and isinstance(left, str):
            _check_format(left)
        if operator == "**" and not (numbers and abs(left) < _MAX_REPETITIONS and abs(right) <= _MAX_EXPONENT):
            raise SecurityError("乘方太大")
        if operator == "*" and not numbers and _size(left) * _size(right) > _MAX_REPETITIONS:
            raise SecurityError("重复的次数太多")
        return super().call_binop(context, operator, left, right)

    def unsafe_undefined(self, _obj: Any, attribute: str) -> jinja2.Undefined:
        """Return an undefined value for a forbidden attribute; it raises ``SecurityError`` when it is used."""
        return self.undefined(f"不能取“{attribute}”", name=attribute, exc=SecurityError)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Return a ``str.format`` that refuses unsafe attributes and very wide columns."""
        wrapped = super().wrap_str_format(value)
        if wrapped is not None:
            _check_format(value.__self__)
        return wrapped


def _escaped(value: Any) -> str:
    """Return a value as text of HTML: the ``escape`` of templates, at once for words that have nothing to escape."""
    return value if type(value) is Markup or (type(value) is str and value.isalnum()) else escape(value)


def _format(value: str, *args: Any, **kwargs: Any) -> str:
    """Jinja's filter for ``%`` formats, without very wide columns."""
    _check_format(value)
    return do_format(value, *args, **kwargs)


def _check_format(value: str) -> None:
    if _WIDE_COLUMN.search(value):
        raise SecurityError("格式里的宽度太大")


def _size(value: Any) -> int:
    return abs(value) if isinstance(value, int) else len(value) if hasattr(value, "__len__") else 1


@contextmanager
def template_errors(template: str) -> Iterator[None]:
    """Turn errors of a template into a ``GongkaiError`` that names the template and the line."""
    try:
        yield
    except jinja2.TemplateSyntaxError as error:
        raise GongkaiError(
            f"模板 {error.name or template}:{error.lineno}: {_syntax(error)}",
            "改正这一行；花括号、百分号要成对，if 和 for 要有 endif 和 endfor",
        ) from None
    except jinja2.TemplateNotFound as error:
        location = _place(error, template)
        raise GongkaiError(
            f"模板 {location}: 找不到模板 {error.name}", "检查 include 和 extends 里的名字；只能用主题里的模板"
        ) from None
    except SecurityError as error:
        raise GongkaiError(
            f"模板 {_place(error, template)}: 主题不许这样做：{error}", "模板只能显示给它的内容，不能取程序内部的东西"
        ) from None
    except _TEMPLATE_ERRORS as error:
        raise GongkaiError(f"模板 {_place(error, template)}: {_reason(error)}", _HINT) from None


def _syntax(error: jinja2.TemplateSyntaxError) -> str:
    """Return what is wrong with a template; what Jinja says, in English, stands in brackets."""
    message = error.message or ""
    return f"模板的写法不对（{message}）" if message.isascii() else message


def _reason(error: BaseException) -> str:
    if isinstance(error, RecursionError):
        return "模板互相包含，没有尽头"
    if isinstance(error, MemoryError | OverflowError):
        return f"要的太大：{error}"
    return str(error)


def _place(error: BaseException, template: str) -> str:
    location = template
    trace = error.__traceback__
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith(".html"):
            location = f"{Path(name).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return location
