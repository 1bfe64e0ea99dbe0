"""Pictures of the web: what cameras and programs wrote into them, and the same picture without it."""

from generator.source.attachments.pictures.without_metadata import Picture, is_picture, read_picture

__all__ = ["Picture", "is_picture", "read_picture"]
