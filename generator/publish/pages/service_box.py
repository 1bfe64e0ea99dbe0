"""怎么办 and the tools of a document: whom to call, how to apply, what to cite, where to report a mistake."""

from urllib.parse import quote

from generator.config.load import SiteConfig
from generator.domain.model import Document
from generator.domain.titles import inside_marks
from generator.domain.written_moments import chinese_day
from generator.publish.pages.browse_groups import OFFICE, group_name
from generator.publish.theme.environment import View, Words

MISTAKE_FORM = "https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code="


def contact_of(document: Document, config: SiteConfig) -> View | None:
    """Return how to reach the offices responsible for a document; ``None`` where the config knows none of them."""
    units = [
        {
            "name": name,
            "address": OFFICE.address_of(group_name(name)),
            "phone": unit.phone,
            "place": unit.address,
            "hours": unit.hours,
            "email": unit.email,
            "online": unit.online,
        }
        for name in dict.fromkeys(document.texts("responsible_unit"))
        if (unit := config.units.get(name))
    ]
    return {"units": units, "forms": bool(document.attachments)} if units else None


def tools_of(document: Document, config: SiteConfig, words: Words) -> View:
    """Return what the tools of a document copy, and where a mistake in it is reported (empty for nowhere)."""
    address = config.site.base_url + document.address
    return {"citation": citation_of(document, words), "address": address, "mistake": _mistake(document, config, words)}


def citation_of(document: Document, words: Words) -> str:
    """Return how to cite a document: its title with its number, else with its issuer and day."""
    title = inside_marks(document.title)
    if document.doc_number:
        return str(words.tools.numbered.format(title=title, number=document.doc_number))
    day = chinese_day(document.published) if document.published else ""
    return str(words.tools.dated.format(title=title, facts="，".join(filter(None, (document.issuers[0], day)))))


def _mistake(document: Document, config: SiteConfig, words: Words) -> str:
    """Return the address of 我为政府网站找错 with the page filled in, else a mail to the agency."""
    address = config.site.base_url + document.address
    if config.site.site_id_code:
        return f"{MISTAKE_FORM}{quote(config.site.site_id_code)}&url={quote(address, safe='')}"
    if config.site.email:
        subject = words.tools.mail_subject.format(title=document.title)
        return f"mailto:{config.site.email}?subject={quote(subject)}&body={quote(address, safe='')}"
    return ""
