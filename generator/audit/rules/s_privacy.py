"""S: personal data, secrecy marks and residual metadata in texts and in published attachments."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from generator.audit.facts.private_data import name_matches, public_matches, published, shown_matches
from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Evidence, Match, MatchKind, MediaFile, Sight
from generator.domain.privacy import find_private_data, mask_text, value_digest
from generator.domain.problems import Problem, Severity
from generator.domain.vocabulary import label_of

_E, _W = Severity.ERROR, Severity.WARNING
_PERSONAL = "{个人信息保护法}第二十五条、第二十八条；{政府信息公开条例}第十五条"
_EXAMPLES = 3
_MASK_HINT = "用 gongkai mask 遮盖后再发布；确应公开的，在配置的 privacy.allow 里写明这个号码和理由"


@rule("S001", _E, blocking=True, source=_PERSONAL)
def identity_number(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """正文或附件里有完整的身份证号。

    不对：公示名单里写 18 位或 15 位身份证号，正文、表格、图片说明、附件的任何一处都算。
    对：　只写姓名和必要的区分信息，如身份证号写成 22*************038。
    改法：用 gongkai mask 遮盖；附件改好后换上新文件。依法必须公开的，在配置的 privacy.allow 里逐个写明号码和理由。
    """
    yield from _matches_of_kind(archive, config, evidence, MatchKind.IDENTITY, _MASK_HINT)


@rule("S002", _W, source=_PERSONAL)
def mobile_number(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """正文或附件里有手机号。

    不对：咨询电话：138 加 8 位数字的完整手机号。
    对：　公布办公电话（区号加号码）；名单里的手机号写成 138****1234。
    改法：用 gongkai mask 遮盖，或改为办公电话；公务手机确要公布的，在配置的 privacy.allow 里写明号码和理由。
    """
    yield from _matches_of_kind(archive, config, evidence, MatchKind.MOBILE, _MASK_HINT)


@rule("S003", _E, blocking=True, source=_PERSONAL)
def bank_card(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """正文或附件里有银行卡号。

    不对：补贴发放表里列出每个人的完整卡号。
    对：　发放表只公布姓名、金额；确需区分的写成 6228***********0018。
    改法：用 gongkai mask 遮盖，或删去这一列。
    """
    yield from _matches_of_kind(archive, config, evidence, MatchKind.BANK_CARD, _MASK_HINT)


@rule("S004", _E, blocking=True, source="{保守国家秘密法}第三十五条；{GB/T 9704—2012} 7.2.2")
def secrecy_mark(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """正文或附件里有密级标志或内部资料标志。

    不对：文首有 机密★1年；页脚有 内部资料 不得外传。
    对：　不涉密、不属内部资料的文件，或经批准解密并删去标志的文件。
    改法：先停下来，交保密工作机构审查；涉密的立即移出仓库并报告。只是讲到标志写法的，用 exempt 写明理由。
    """
    yield from _matches_of_kind(
        archive, config, evidence, MatchKind.SECRECY, "交保密审查；不该公开的移出仓库，遮盖标志不算改正"
    )


@rule("S006", _W, source="{互联网政务应用安全管理规定}：公务联系使用政务邮箱")
def unofficial_mailbox(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """公布的联系邮箱不是政务邮箱。

    不对：意见请发至某某@163.com。
    对：　意见请发至本单位 gov.cn 邮箱。
    改法：换成本单位的政务邮箱；暂时没有的，在配置的 privacy.allow 里写明邮箱和理由。
    """
    hint = "换成本单位的政务邮箱"
    yield from _matches_of_kind(archive, config, evidence, MatchKind.MAILBOX, hint)


@rule("S007", _W, source=_PERSONAL)
def home_address(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """正文或附件里有具体到门牌的个人住址。

    不对：家庭住址：某区某镇某村 3 组 12 号。
    对：　家庭住址：某区某镇。
    改法：住址写到乡镇、街道为止，或用 gongkai mask 遮盖。
    """
    yield from _matches_of_kind(archive, config, evidence, MatchKind.ADDRESS, "住址写到乡镇、街道为止")


@rule("S008", _W, source="{个人信息保护法}第二十八条、第二十九条；{政府信息公开条例}第十五条")
def name_list(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """名单里把姓名和身份证、银行卡、残疾、低保等列在一起。

    不对：表头是 姓名、身份证号、残疾等级，下面是一个个人。
    对：　依法公示的名单只列姓名、所在村（社区）、公示事项；号码已遮盖的列可以保留。
    改法：删去不必公示的列；依法必须公示的，在 exempt 里写明依据，并在期满后撤下。
    """
    yield from _matches_of_kind(
        archive, config, evidence, MatchKind.NAME_LIST, "删去不必公示的列，或在 exempt 里写明公示的依据"
    )


@rule("S009", _W, source="{政府信息公开条例}第十七条：公开前的审查")
def residual_metadata(archive: Archive, _config: SiteConfig) -> Hits:
    """附件里留有作者、修订、批注或隐藏的内容，图片里留有拍摄位置、设备等。

    不对：公布的 Word 文件里有没有接受的修订和批注；Excel 文件里有隐藏的工作表；照片里写着拍摄的经纬度。
    对：　定稿：没有修订和批注，没有隐藏的工作表、行、列，文件属性里没有个人姓名。
    改法：运行 gongkai clean 文件名，用它另存的副本代替原件。图片里的在发布时自动去掉，不必改。
    """
    for document, line, file in published(archive):
        if file.scan.residual_metadata:
            traces_text = "、".join(file.scan.residual_metadata[:8]) + (
                "等" if len(file.scan.residual_metadata) > 8 else ""
            )
            hint = "用 gongkai clean 另存一份干净的副本" if file.scan.size is None else "发布时自动去掉；原件仍在仓库里"
            yield hit_at(document, f"附件“{_name(file)}”里有{traces_text}", hint, line=line)


@rule("S012", _W, source="{个人信息保护法}第九条；{政府信息公开条例}第十七条：公开前的审查")
def unreadable_attachment(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """附件看不到内容，没有核对个人信息；不认识、内容和后缀不符的还阻止发布。

    不对：公布旧版的 .doc、.xls 文件，加密的文件，扫描件，rar 压缩包；不认识的（.dwg、.tif 等）阻止发布。
    对：　公布 docx、xlsx、csv、带文字的 pdf。
    改法：另存为新格式；扫描件由人逐页核对，并在 exempt 里写明谁核对过。
    不认识的，在配置的 attachments.allow 里写明后缀和理由。
    """
    for document, line, file in published(archive):
        if not file.scan.unreadable_reason or any(item.covers(file.path) for item in config.attachments.allow):
            continue
        blocks = file.scan.sight is Sight.UNKNOWN
        hint = "另存为 docx、xlsx 或带文字的 pdf；" + (
            "确要原样公布的，由人核对，在配置的 attachments.allow 里写明后缀（或文件）和理由"
            if blocks
            else "不能的由人核对，在 exempt 里写明"
        )
        path, problem = hit_at(document, f"附件“{_name(file)}”没有核对：{file.scan.unreadable_reason}", hint, line=line)
        yield path, problem._replace(blocks=blocks)
    for file in evidence.shared_files:
        if file.scan.unreadable_reason:
            yield (
                file.path,
                Problem(
                    "", f"没有核对：{file.scan.unreadable_reason}", "主题里只放网页用的文字、样式、脚本、图片和字体"
                ),
            )


@rule("S011", _W, source="gongkai 放行规则：放行要有理由，并且用得上")
def unused_permission(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """配置里放行的号码或附件，网站里已经没有了。

    不对：privacy.allow 里留着去年的值班手机号，网站里早已不用；attachments.allow 里的 .dwg 没有一个附件是。
    对：　privacy.allow、attachments.allow 里只有网站正在公布的，每个都写明理由。
    改法：删去这一项；写错了的改正。
    """
    path, _ = config.place_of()
    for number, permission in enumerate(_allowed_values(archive, config, evidence)):
        if not permission.places:
            line = config.place_of("privacy", "allow", number)[1]
            yield (
                path,
                Problem("", f"放行的“{permission.masked}”没有用到", "删去这一项，或改正号码", line, "privacy.allow"),
            )
    for number, permission in enumerate(_allowed_files(archive, config)):
        if not permission.places:
            line = config.place_of("attachments", "allow", number)[1]
            message = f"放行的附件“{permission.masked}”没有用到"
            yield path, Problem("", message, "删去这一项，或改正后缀、文件路径", line, "attachments.allow")


class Permission(NamedTuple):
    """One value or kind of file that the config allows: masked, the reason, and the files that contain it."""

    masked: str
    reason: str
    places: tuple[str, ...]


def permissions(archive: Archive, config: SiteConfig, evidence: Evidence) -> list[Permission]:
    """Return the values and files that the config allows, with the public files that contain them, for reports."""
    return [*_allowed_values(archive, config, evidence), *_allowed_files(archive, config)]


def _allowed_files(archive: Archive, config: SiteConfig) -> list[Permission]:
    if not config.attachments.allow:
        return []
    unreadable = dict.fromkeys(file.path for _, _, file in published(archive) if file.scan.unreadable_reason)
    return [
        Permission(item.name, item.reason, tuple(path for path in unreadable if item.covers(path)))
        for item in config.attachments.allow
    ]


def _allowed_values(archive: Archive, config: SiteConfig, evidence: Evidence) -> list[Permission]:
    places: dict[str, dict[str, None]] = defaultdict(dict)
    if config.privacy.allow:
        for file in evidence.shared_files:
            for match in file.scan.matches:
                places[match.key][file.path] = None
        for document in archive.proactive:
            for match in public_matches(document):
                places[match.key][document.path] = None
        for _, _, file in published(archive):
            for match in (*file.scan.matches, *name_matches(file.path)):
                places[match.key][file.path] = None
    return [
        Permission(_masked(item.value), item.reason, tuple(places.get(value_digest(item.value), ())))
        for item in config.privacy.allow
    ]


def _masked(value: str) -> str:
    return next((piece.masked for piece in find_private_data(value)), value[:2] + "***")


def _allowed_keys(config: SiteConfig) -> frozenset[str]:
    return frozenset(value_digest(item.value) for item in config.privacy.allow)


def _matches_of_kind(archive: Archive, config: SiteConfig, evidence: Evidence, kind: MatchKind, hint: str) -> Hits:
    """Yield a problem for the matches of one kind in texts, shared files (config, catalogue, theme) and attachments."""
    allowed = _allowed_keys(config)

    def selected(matches: Iterable[Match]) -> list[Match]:
        return [match for match in matches if match.kind is kind and match.key not in allowed]

    yield from _in_sources(archive, kind, selected, hint)
    for file in evidence.shared_files:
        for match in selected(file.scan.matches):
            place = f"“{match.where}”里" if match.where else ""
            yield file.path, Problem("", f"{place}有{kind.label} {match.masked}", hint, match.line)
    for document, line, file in published(archive):
        for match in selected(name_matches(file.path)):
            message = f"附件的文件名或文件夹名里有{kind.label} {match.masked}，会成为网址"
            yield hit_at(document, message, "改名", line=line)
        if matches := selected(file.scan.matches):
            examples = "；".join(f"{match.where} {match.masked}".strip() for match in matches[:_EXAMPLES])
            more = f"等 {len(matches)} 处" if len(matches) > _EXAMPLES else ""
            yield hit_at(document, f"附件“{_name(file)}”里有{kind.label}：{examples}{more}", hint, line=line)


def _in_sources(
    archive: Archive, kind: MatchKind, selected: Callable[[Iterable[Match]], list[Match]], hint: str
) -> Hits:
    """Yield a problem for the matches of one kind in source files and their names."""
    for document, shown in shown_matches(archive):
        for match in selected(shown):
            place = f"“{label_of(match.where)}”里" if match.where else "正文里"
            yield hit_at(document, f"{place}有{kind.label} {match.masked}", hint, line=match.line, key=match.where)
    for document in archive.proactive:
        for match in selected(name_matches(document.path)):
            yield hit_at(document, f"文件名或文件夹名里有{kind.label} {match.masked}，会成为网址", "改名", line=1)


def _name(file: MediaFile) -> str:
    return mask_text(file.path.rpartition("/")[2])[0]
