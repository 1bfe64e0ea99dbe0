"""依申请公开: who receives applications, and how: the config's ``request``."""

from pydantic import Field, field_validator

from generator.config.settings.base import Mailbox, Settings, is_web_address


class RequestSettings(Settings):
    """The body that receives applications, and what it promises; the limits are those of the statute, or shorter.

    A value that is empty here is taken from ``site``. Sources differ on who approves an extension (条例 art. 33, and
    local rules that name another person), so it can be set (REQ-04). ``register_file`` is the register of requests
    beside the config, which is never published.
    """

    receiver: str = Field(min_length=1)
    address: str = ""
    postcode: str = ""
    hours: str = ""
    phone: str = ""
    fax: str = ""
    email: Mailbox = ""
    online: str = ""
    extension_approver: str = "政府信息公开工作机构负责人"
    reconsideration_body: str = ""
    reply_workdays: int = Field(default=20, ge=1, le=20)
    extension_workdays: int = Field(default=20, ge=0, le=20)
    correction_workdays: int = Field(default=7, ge=1, le=7)
    register_file: str = ""

    @field_validator("online")
    @classmethod
    def _address(cls, value: str) -> str:
        if value and not is_web_address(value):
            raise ValueError("应为以 http:// 或 https:// 开头的网址，没有网上申请的不写")
        return value
