"""What all pages of a site share, as plain data: names, navigation, the marks of the footer."""

from generator.config.load import SiteConfig
from generator.domain.model import Site
from generator.domain.written_moments import chinese_day
from generator.publish.pages.service_box import MISTAKE_FORM
from generator.publish.theme.environment import View, Words


def base_context(config: SiteConfig, site: Site, words: Words, assets: str) -> View:
    """Return the base context, which all pages share: names, navigation, footer marks.

    ``assets`` is the digest of the theme's assets.
    """
    facts = config.site
    marks = [
        (words.site.site_id_code, facts.site_id_code),
        ("", facts.icp_no),
        ("", facts.police_no),
        (words.site.conac, facts.conac_id),
    ]
    error_report_url = f"{MISTAKE_FORM}{facts.site_id_code}" if facts.site_id_code else ""
    return {
        "title": facts.title,
        "agency": facts.agency,
        "name": facts.name,
        "address": facts.address,
        "postcode": facts.postcode,
        "phone": facts.phone,
        "email": facts.email,
        "office_hours": facts.office_hours,
        "marks": [(label or value, value if label else "") for label, value in marks if value],
        "mistake_url": error_report_url,
        "assets": assets,
        "as_of": site.day.isoformat(),
        "as_of_text": chinese_day(site.day),
        "nav": [
            {"id": column.id, "title": column.title, "address": column.folder + "/"}
            for column in site.columns
            if not column.parent and (column.fixed or site.by_column[column.id])
        ],
    }
