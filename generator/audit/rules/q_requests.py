"""Q: the register of requests for information: answers, extensions and corrections in time, rows that make sense."""

from collections.abc import Iterator

from generator.audit.facts.requests import RequestProgress, all_progress
from generator.audit.registry import Hits, rule
from generator.config.load import SiteConfig
from generator.config.request_limits import limits_of
from generator.config.request_register import same_numbers
from generator.domain.model import Archive, InformationRequest
from generator.domain.problems import Problem, Severity
from generator.domain.vocabulary import RequestLimit


def _at_request(config: SiteConfig, request: InformationRequest, message: str, hint: str) -> tuple[str, Problem]:
    problem = Problem("", f"申请“{request.name}”{message}", hint, request.line, "request.register_file")
    return config.request_register.path, problem


@rule("Q010", Severity.ERROR, source="{政府信息公开条例}第三十三条：20个工作日内答复，延长最长20个工作日")
def late_answer(archive: Archive, config: SiteConfig) -> Hits:
    """政府信息公开申请答复晚了，或者到期还没有答复。

    查依申请公开台账（配置的 request.register_file，默认是配置旁边的 requests.csv）。20 个工作日从收到的次日起算；
    补正的，从收到补正起重新算，等补正的时候不算；征求第三方、其他机关意见的工作日（最多 15 个）不算；延期决定
    在原来的期限以内作出的，再加 20 个工作日。配置里承诺更短的，按承诺的算。

    不对：1 月 5 日收到，没有延期，3 月 20 日才答复。
    对：　20 个工作日以内答复；答复不了的，期限以内决定延期并告知申请人。
    改法：尽快答复；台账的日期写错的，改台账。
    """
    for progress in all_progress(config, archive.day):
        if progress.late and progress.due:
            what = f"{progress.decided_on} 才答复，晚了" if progress.decided_on else "还没有答复，已晚"
            extended = "延期后" if progress.due != progress.first_due else ""
            message = f"{extended}应在 {progress.due} 以前答复，{what} {progress.late} 个工作日"
            hint = "尽快答复；日期写错的，改台账；补正、征求意见、延期的，补写日期"
            yield _at_request(config, progress.request, message, hint)


@rule("Q011", Severity.ERROR, source="{政府信息公开条例}第三十条：7个工作日内告知补正；第三十三条：期限以内决定延期")
def late_step(archive: Archive, config: SiteConfig) -> Hits:
    """延期的决定、补正的告知晚了。

    延期应在原来的 20 个工作日以内决定、告知；补正应自收到申请之日起 7 个工作日以内一次性告知。晚了的延期不算数，
    答复的期限仍按没有延期的算。

    不对：1 月 5 日收到，2 月 20 日才决定延期；收到 12 个工作日以后才告知补正。
    对：　期限以内决定延期、告知补正。
    改法：日期写错的，改台账；确实晚了的，以后按期办。
    """
    limits = limits_of(config.request)
    for progress in all_progress(config, archive.day):
        request = progress.request
        if progress.extension_late:
            message = (
                f"应在 {progress.first_due} 以前决定延期，{request.extended_on} 才决定，"
                f"晚了 {progress.extension_late} 个工作日，不算延期"
            )
            yield _at_request(config, request, message, "日期写错的，改台账；以后在期限以内决定延期并告知申请人")
        if progress.correction_late:
            message = (
                f"应在收到申请以后 {limits[RequestLimit.CORRECTION]}内告知补正，{request.correction_on} 才告知，"
                f"晚了 {progress.correction_late} 个工作日"
            )
            yield _at_request(config, request, message, "日期写错的，改台账；以后按期一次性告知补正")


@rule(
    "Q012",
    Severity.WARNING,
    source="{政府信息公开条例}第三十条至第三十六条；{郑人社办〔2020〕199号} 三：登记、备案",
)
def unclear_row(archive: Archive, config: SiteConfig) -> Hits:
    """依申请公开台账的一行看不懂，或者前后对不上。

    日期、申请人类型、申请方式、处理结果写得不对的行没有算进去；各个日期前后颠倒的，两行编号相同的，
    征求意见超过 15 个工作日的（超过的算在办理期限里），也报出来。

    不对：收到日期 2026-02-30；补正收到日期早于告知补正的日期。
    对：　日期写成 2026-02-03，按先后。
    改法：按提示改台账。
    """
    register = config.request_register
    for problem in register.problems:
        yield register.path, problem
    for *others, last in same_numbers(register):
        lines = "、".join(str(request.line) for request in others)
        yield _at_request(config, last, f"和第 {lines} 行的编号相同", "每件一个编号")
    for progress in all_progress(config, archive.day):
        for message in _mistakes(progress, config):
            yield _at_request(config, progress.request, message, "核对台账，改正日期")


def _mistakes(progress: RequestProgress, config: SiteConfig) -> Iterator[str]:
    """Yield what is out of order in a row, and opinions that took too long."""
    request = progress.request
    received, decided = request.received, request.decided_on
    steps = (
        ("补正告知日期", request.correction_on),
        ("补正收到日期", request.corrected_on),
        ("延期日期", request.extended_on),
        ("征求意见日期", request.consulted_from),
        ("收到意见日期", request.consulted_until),
        ("转办日期", request.transferred_on),
    )
    for name, day in steps:
        if day and day < received:
            yield f"的{name} {day} 早于收到日期 {received}"
        elif day and decided and day > decided:
            yield f"的{name} {day} 晚于办结日期 {decided}"
    pairs = (
        ("补正收到日期", request.corrected_on, "补正告知日期", request.correction_on),
        ("收到意见日期", request.consulted_until, "征求意见日期", request.consulted_from),
    )
    for name, later, before, earlier in pairs:
        if later and not earlier:
            yield f"写了{name}，没有写{before}"
        elif later and earlier and later < earlier:
            yield f"的{name} {later} 早于{before} {earlier}"
    if progress.consultation_over:
        limit = limits_of(config.request)[RequestLimit.THIRD_PARTY]
        yield f"征求意见超过 {limit}，超过的 {progress.consultation_over} 个算在办理期限里"
