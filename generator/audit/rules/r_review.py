"""R: the review form (审核表), which is not published: present, complete, and consistent with the document."""

from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Author, Document, Evidence, ReviewForm, review_of
from generator.domain.problems import Severity
from generator.domain.vocabulary import REVIEW_FIELDS, Disclosure, LegalOpinion, Platform, label_of

_E, _W = Severity.ERROR, Severity.WARNING
_SOURCE = "政府信息公开及合规性审核表（{日人社函〔2019〕20号} 附件2）"
# Keys that both the form and the document may have, with the same value.
_SHARED = ("disclosure", "source_type", "source_name", "source_url", "is_secret", "legal_opinion")


@rule("R001", _E, blocking=True, source=f"{_SOURCE}：先审后发，各项填写齐全")
def incomplete_form(archive: Archive, config: SiteConfig) -> Hits:
    """没有审核表，或者审核表没有填完。

    不要求审核表的文件，写了审核意见或者日期的也要填完；只记了人名的不查。

    不对：配置规定政策文件要有审核表，文件没有写 review；审核表少了“上传日期”。
    对：　review 之下写齐信息来源、是否涉密、公开属性、发布平台、法律法规核查意见，六人签名，填表日期和上传日期。
    改法：补上提示的各项。转载的还要写来源名称。gongkai review 把填好的表打印出来。
    """
    for document in archive.proactive:
        if any(problem.field == "review" for problem in document.page.problems):
            continue
        form = review_of(document)
        if form is None:
            if config.review.requires(document.kind, document.published):
                message = f"{document.kind.label}发布以前要有审核表"
                yield hit_at(document, message, "加上 review（审核表），写法见使用手册“审核表与台账”", key="review")
        elif form.missing and (form.is_filled or config.review.requires(document.kind, document.published)):
            missing = "、".join(_label(key) for key in form.missing)
            yield hit_at(document, f"审核表缺少：{missing}", "补上这几项", key="review")


@rule("R002", _E, blocking=True, source=f"{_SOURCE}：审核在前，上传在后；不同意的不得发布")
def not_agreed(archive: Archive, _config: SiteConfig) -> Hits:
    """审核不同意，或者上传以后才审核。

    不对：法律法规核查意见: 不同意；填表日期 2026-05-09，上传日期 2026-05-08。
    对：　法律法规核查意见: 同意；填表日期不晚于上传日期。
    改法：不同意的不发布，改好以后重新审核；日期写错的，照原表改正。
    """
    for document in archive.proactive:
        form = review_of(document)
        if form is None:
            continue
        if form.value("legal_opinion") is LegalOpinion.DISAGREE:
            yield hit_at(
                document,
                "法律法规核查意见是“不同意”",
                "不同意的不得发布；改好以后重新审核",
                line=form.line_of("legal_opinion"),
                key="review",
            )
        signed, uploaded = form.day("form_date"), form.day("upload_date")
        if signed and uploaded and signed > uploaded:
            yield hit_at(
                document,
                f"填表日期（{signed}）晚于上传日期（{uploaded}）",
                "先审核，后上传；日期写错的照原表改正",
                line=form.line_of("form_date"),
                key="review",
            )


@rule("R003", _E, blocking=True, source=f"{_SOURCE}：信息名称、公开属性、发布平台、发布栏目和上传日期与所发信息一致")
def form_disagrees(archive: Archive, _config: SiteConfig) -> Hits:
    """审核表和文件不一致。

    不对：审核表的公开属性是“依申请公开”，文件是“主动公开”；上传日期和发布日期不是同一天。
    对：　审核表的信息名称、公开属性、发布栏目、来源和文件相同，发布平台有“网站”，上传日期就是发布日期。
    改法：以审核表为准改文件，或者重新审核。
    """
    titles = {column.id: column.title for column in archive.columns}
    for document in archive.documents:
        form = review_of(document)
        if form is None:
            continue
        for key, form_value, document_value in _differences(form, document, titles):
            message = f"审核表的“{_label(key)}”是“{form_value}”，文件是“{document_value}”"
            yield hit_at(document, message, "以审核表为准改文件，或者重新审核", line=form.line_of(key), key="review")
        platforms = form.value("platforms")
        if isinstance(platforms, tuple) and platforms and Platform.WEBSITE not in platforms:
            message = "审核表的“发布平台”里没有“网站”"
            if document.disclosure is Disclosure.PROACTIVE:
                yield hit_at(
                    document, message, "重新审核，或不放在网站上", line=form.line_of("platforms"), key="review"
                )


@rule("R004", _W, source="先审后发、分级审核的要求（三审三校）：起草和审核不是同一人")
def same_person(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """起草的人和审核的人是同一个人。

    不对：承办人: 张三，法律法规审核人: 张三；git 里提交这个文件的就是审核人。
    对：　承办、提交的是一人，审核的是另一人。
    改法：换一个人审核。哪些签名算起草、哪些算审核，在配置的 review.roles 里写；没有写的不查。
    """
    roles = config.review.roles
    if roles is None:
        return
    for document in archive.documents:
        form = review_of(document)
        if form is None:
            continue
        authors = {name: _label(key) for key in reversed(roles.authors) if (name := form.text(key))}
        file_history = evidence.history.files.get(document.path) if evidence.history else None
        if file_history and (name := _person(file_history.author, config)):
            authors.setdefault(name, "git 里最早提交的人")
        for key in roles.reviewers:
            reviewer = form.text(key)
            if reviewer and reviewer in authors and (role := authors[reviewer]) != _label(key):
                message = f"“{reviewer}”既是{role}，又是{_label(key)}"
                yield hit_at(document, message, "换一个人审核", line=form.line_of(key), key="review")


def _person(author: Author, config: SiteConfig) -> str:
    people = config.review.people
    return people.get(author.email) or people.get(author.name) or author.name


def _differences(form: ReviewForm, document: Document, titles: dict[str, str]) -> list[tuple[str, str, str]]:
    """Return the values in which the form differs from its document: the key, the form's value, the document's."""
    differences = []
    title = form.text("title")
    if title and "".join(title.split()) != "".join(document.title.split()):
        differences.append(("title", title, document.title))
    column = form.text("column")
    if column and column not in {document.column, titles.get(document.column)}:
        differences.append(("column", column, titles.get(document.column, document.column)))
    uploaded = form.day("upload_date")
    if uploaded and document.published and uploaded != document.published:
        differences.append(("upload_date", str(uploaded), str(document.published)))
    form_pairs = [(key, form.given[key].value, document.value(key)) for key in _SHARED if key in form.given]
    return differences + [
        (key, _display(form_value), _display(document_value))
        for key, form_value, document_value in form_pairs
        if document_value is not None and form_value != document_value
    ]


def _display(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(getattr(value, "label", value))


def _label(key: str) -> str:
    return REVIEW_FIELDS[key].label if key in REVIEW_FIELDS else label_of(key)
