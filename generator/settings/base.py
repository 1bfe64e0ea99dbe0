"""What all groups of settings are: frozen, and without names that nobody knows."""

from pydantic import BaseModel, ConfigDict


class Settings(BaseModel):
    """A group of settings of the config."""

    model_config = ConfigDict(extra="forbid", frozen=True)
