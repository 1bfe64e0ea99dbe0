"""Facts of the site, and its columns: the config's ``site`` and ``columns``."""

from urllib.parse import urlsplit

from pydantic import Field, field_validator

from generator.config.settings.base import Mailbox, Settings, is_web_address


class SiteFacts(Settings):
    """Facts of the site for the footer, the official tags and the guide (requirements HYG-11 to HYG-13)."""

    title: str
    agency: str
    base_url: str
    site_name: str = ""
    site_domain: str = ""
    site_id_code: str = ""
    icp_no: str = ""
    police_no: str = ""
    conac_id: str = ""
    org_code: str = ""
    uscc: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    email: Mailbox = ""
    office_hours: str = ""

    @field_validator("title", "agency")
    @classmethod
    def _not_empty(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("不能为空")
        if value[0] in "“‘「" and value[-1] in "”’」" and not set(value[1:-1]) & set("“”‘’「」"):
            raise ValueError(f"值的两头带着引号，会显示在网页上；删去引号，写成 {value[1:-1]}")
        return value

    @field_validator("base_url")
    @classmethod
    def _absolute(cls, value: str) -> str:
        if not is_web_address(value) or "?" in value or "#" in value:
            raise ValueError("应为以 http:// 或 https:// 开头的网址，如 https://rsj.example.gov.cn/zwgk/")
        if any(character.isspace() for character in value):
            raise ValueError("网址里有空格，删去它")
        if value.rstrip("/").endswith((".html", ".htm", ".jsp", ".aspx", ".php")):
            raise ValueError(f"写文件夹的网址，不写到网页，如 {value.rstrip('/').rpartition('/')[0]}/")
        return value if value.endswith("/") else value + "/"

    @property
    def name(self) -> str:
        """网站名称 for the official tags; agency and title where it is empty."""
        return self.site_name or f"{self.agency}{self.title}"

    @property
    def domain(self) -> str:
        """域名 for the official tags."""
        return self.site_domain or urlsplit(self.base_url).netloc

    @property
    def base_path(self) -> str:
        """The path of the site on its host, with a slash at both ends."""
        return urlsplit(self.base_url).path or "/"


class ColumnSettings(Settings):
    """A column that the site adds, or the changed fields of a default column."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str | None = None
    folder: str | None = Field(default=None, pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*(/[A-Za-z0-9][A-Za-z0-9-]*)*$")
    parent: str | None = None
    column_type: str | None = None
    description: str | None = None
    statutory_item: int | None = Field(default=None, ge=0, le=15)
