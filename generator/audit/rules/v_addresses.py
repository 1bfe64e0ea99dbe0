"""V: former addresses that cannot be used, addresses that disappeared, and what still names a withdrawn document."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from urllib.parse import unquote

from generator.audit.registry import Hits, hit_at, noticed_problems, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Document, Evidence, LinkOutcome, VanishedAddress
from generator.domain.problems import Problem, Severity
from generator.domain.vocabulary import Disclosure, label_of

_E, _W = Severity.ERROR, Severity.WARNING


@rule(
    "V005",
    _E,
    needs_history=True,
    source="{山东省人社厅2019年任务分工} 一（一）；{日人社函〔2019〕20号} 三：废止失效的在原文标注，不得撤下",
)
def vanished(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """发布过的网址不见了。

    和 git 历史比较，还没有提交的改动也算：以前发布过的文件删去了，编号、文件名、类型或栏目改了，
    或者改为不公开，原来的网址就打不开了。

    不对：文件废止以后把源文件删去；已经发布的 rsf-2018-12.md 改名为 rsf-2018-12-old.md。
    对：　废止、失效的文件留在原网址，由程序标注；改了编号、文件名或栏目的，
    写 aliases: [policies/rsf-2018-12/]（旧网址）。
    改法：按提示加一行旧网址，原来的网址就转到新的网址；或者写回原来的编号和栏目。
    不能再公开的，用 gongkai withdraw 撤下，原来的网址说明已撤下；文件已经删去的，先恢复再撤下，
    或者在配置的 withdrawn 里写 address（网址）和 reason（理由）。
    """
    allowed = {item.address.strip("/"): number for number, item in enumerate(config.withdrawn)}
    used = set()
    moved: dict[str, list[str]] = defaultdict(list)
    for item in evidence.vanished:
        moved[item.path].append(item.address)
    for item in evidence.vanished:
        key = item.address.strip("/")
        if key in allowed:
            used.add(key)
            continue
        document = archive.by_path.get(item.path)
        when = f"{item.until.date()} 起不见了" if item.committed else "还没有提交的改动让它不见了"
        message = f"网址 {item.address} 发布过（{item.title}），{when}"
        if document is None:
            path, line = config.place_of("withdrawn")
            yield path, Problem("", message, _hint_for_deleted(item), line, "withdrawn")
        else:
            yield hit_at(document, message, _hint_for_moved(document, item, moved[item.path]), key=item.field)
    for key in sorted(allowed.keys() - used):
        path, line = config.place_of("withdrawn", allowed[key])
        message = f"withdrawn 里的“{key}”没有用到"
        yield path, Problem("", message, "删去这一项，或改正网址", line, "withdrawn.address")


def _hint_for_deleted(item: VanishedAddress) -> str:
    """Return the hint for an address whose source file was deleted."""
    name = item.address.strip("/").rpartition("/")[2]
    if item.is_draft:
        return f"{item.path} 是草稿，删去“草稿”这一行；不能再公开的，运行 gongkai withdraw {name} --reason 理由"
    return (
        f"恢复 {item.path}；不能再公开的，恢复以后运行 gongkai withdraw {name} --reason 理由，原来的网址说明已撤下；"
        f"内容在另一份文件里的，在那份文件加一行 aliases: [{item.address}]（旧网址）；"
        "依法撤下、文件不留的，在配置的 withdrawn 里写网址和理由"
    )


def _hint_for_moved(document: Document, item: VanishedAddress, moved: Iterable[str]) -> str:
    """Return the hint for an address from which a document moved away."""
    if item.field == "disclosure":
        return f"公开错了、要撤下的，运行 gongkai withdraw {document.id} --reason 理由；确应不公开的，写豁免和理由"
    restoring = f"；或者写回 {item.field}: {item.was}（{label_of(item.field)}）" if item.field else ""
    return f"加一行 {alias_line(document, moved)}，原来的网址就转到这里{restoring}"


def alias_line(document: Document, addresses: Iterable[str]) -> str:
    """Return the line of front matter that makes addresses lead to a document, with those that it has."""
    present = document.address.strip("/")
    former = [one for one in dict.fromkeys((*document.texts("aliases"), *addresses)) if one.strip("/") != present]
    items = ", ".join(map(_yaml_word, former))
    name = label_of("aliases") if document.page.chinese_keys else "aliases"
    return f"{name}: [{items}]"


def _yaml_word(text: str) -> str:
    """Return a text as one item of a list in brackets."""
    plain = not any(char in text for char in ",[]{}#&*!|>'\"%@`: ") and text == text.strip()
    return text if plain else "'" + text.replace("'", "''") + "'"


@rule("V009", _E, blocking=True, source="{国办秘函〔2019〕19号}：链接可用性")
def wrong_alias(archive: Archive, _config: SiteConfig) -> Hits:
    """旧网址不在本网站的网址下面，或者是别的页面、文件的网址，或者两份文件都写了。

    不对：aliases: [https://old.example.com/a.html]；aliases: [policies/]；两份文件都写 aliases: [old/a.html]。
    对：　aliases: [/zwgk/art/2019/5/6/art_123.html]（从浏览器的地址栏复制，或者写 base_url 后面的部分）。
    改法：删去或改正这一项；一个旧网址只转到一份文件。
    """
    yield from noticed_problems(archive, "V009")


@rule("V011", _W, source="{政府信息公开条例}第十三条至第十六条；{国办发〔2016〕80号} 一（一）")
def names_withdrawn(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """公开的文件还写着已撤下的文件：字段、链接、文号、标题，或者用了它的附件。

    不对：p1 已经撤下，它的解读仍在网上，标题和正文写着 p1 的标题。
    对：　解读一并撤下，或者改正正文；原件就是这样印的，留着。
    改法：网页上已经没有指向它的链接和关联，只有标题和正文里的字还在；这些字也要撤的，
    对那份文件也运行 gongkai withdraw。
    """
    if not archive.withdrawn:
        return
    for document in archive.withdrawn:
        if evidence.namings.get(document.path):
            message = "撤下的理由写着已撤下或不公开的文件的标题或文号，网页上不显示这个理由"
            yield hit_at(document, message, "改写理由，只写为什么撤下，如“误发”", key="withdrawn")
    yield from _pinned(archive, config)
    withdrawn = {document.id: document for document in archive.withdrawn}
    by_path = {document.path: document for document in archive.withdrawn}
    for document in archive.documents:
        if document.disclosure is not Disclosure.PROACTIVE:
            continue
        for line, key, target_id, words in sorted(
            chain(_lost(archive, document), _links(archive, document), _names(document, evidence, withdrawn))
        ):
            target = withdrawn.get(target_id)
            place = target.path if target else "一份文件"
            yield hit_at(document, f"{words} {place} 已撤下", _HINT, key=key, line=line or None)
        for kind, act in archive.undone.get(document.path, ()):
            message = f"{withdrawn[act].path} 已撤下，它对本文件的“{label_of(kind.value)}”不再起作用"
            state = f"标为“{document.status.label}”" if document.status else "不受影响"
            hint = f"本文件现在{state}；仍应按它办理的，由新的文件写明"
            yield hit_at(document, message, hint, line=1)
        if document.path in archive.lost and any(one.key == "repealed_by" for one in archive.lost[document.path]):
            state = document.status.label if document.status else ""
            hint = "确已废止的，写 repeal_reason（废止理由）；没有废止的，删去废止依据和废止日期"
            yield hit_at(document, f"废止依据已撤下，本文件现在标为“{state}”", hint, key="repealed_by")
        for line, file in _files(archive, document, evidence, by_path):
            message = f"文件“{file}”也是已撤下的 {by_path[evidence.twins[file]].path} 的，仍在网上"
            yield hit_at(document, message, "也不能公开的，从这里删去", line=line)


_HINT = "网页上不再有链接和关联；正文里的字也要撤的，改正文，或对本文件也运行 gongkai withdraw"


def _pinned(archive: Archive, config: SiteConfig) -> Hits:
    """Yield the pinned answers of the search that lead to a withdrawn document."""
    places = {config.site.base_url + document.address: document for document in archive.withdrawn}
    places |= {one.id: one for one in archive.withdrawn if one.id not in archive.by_id}
    for number, answer in enumerate(config.search.pinned):
        document = places.get(answer.page) or places.get(unquote(answer.page.rstrip("/")) + "/")
        if document:
            path, line = config.place_of("search", "pinned", number)
            message = f"固定答案“{'、'.join(answer.queries)[:40]}”所指的 {document.path} 已撤下，检索时不再显示"
            yield path, Problem("", message, "删去这一项，或改为另一页", line, "search.pinned")


def _lost(archive: Archive, document: Document) -> Iterator[tuple[int, str, str, str]]:
    for one in archive.lost.get(document.path, ()):
        yield one.line, one.key, one.document, f"“{label_of(one.key)}”所指的"


def _links(archive: Archive, document: Document) -> Iterator[tuple[int, str, str, str]]:
    for resolved in archive.links.get(document.path, ()):
        if resolved.outcome is LinkOutcome.WITHDRAWN:
            yield resolved.line, "", resolved.document, f"链接“{resolved.target[:80]}”所指的"


def _names(document: Document, evidence: Evidence, withdrawn: Collection[str]) -> Iterator[tuple[int, str, str, str]]:
    for naming in evidence.namings.get(document.path, ()):
        if naming.document in withdrawn:
            place = f"“{label_of(naming.key)}”里" if naming.key else "正文里"
            yield naming.line, naming.key, naming.document, f"{place}写着它的文号或标题的"


def _files(
    archive: Archive, document: Document, evidence: Evidence, withdrawn: Collection[str]
) -> Iterator[tuple[int, str]]:
    for resolved in (*archive.attachments.get(document.path, ()), *archive.links.get(document.path, ())):
        if resolved.outcome is LinkOutcome.FINE and evidence.twins.get(resolved.file, "") in withdrawn:
            yield resolved.line, resolved.file
